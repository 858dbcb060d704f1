package io.lastack.transport.tyrus.load;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what must come, and not for ever. */
final class Waiting {

    private Waiting() {}

    static void until(Duration patience, String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not after " + patience + ": " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
