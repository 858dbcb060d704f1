package io.lastack.proto;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of work in one thread allocates. */
final class Allocated {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocated() {}

    /**
     * Does the work, and once more if it allocated too much, since the first time it may have loaded classes.
     *
     * @throws AssertionError if it allocated more than that many bytes again
     */
    static void atMost(long bytes, Runnable work) {
        if (of(work) > bytes) {
            long again = of(work);
            if (again > bytes) {
                throw new AssertionError("allocated " + again + " bytes; at most " + bytes + " are allowed");
            }
        }
    }

    private static long of(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
