package io.lastack.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many simulations of one scenario, from seeds that follow each other, on several threads. Each is independent of the
 * others.
 *
 * @param runs how many simulations there were
 * @param failed the seeds in which an invariant did not hold, in ascending order
 * @param events how many tasks, packets and timers ran, in all
 * @param virtualSeconds how much time passed in them, in all
 * @param appended how many messages were stored, in all
 */
public record Campaign(int runs, List<Long> failed, long events, long virtualSeconds, long appended) {
    public Campaign {
        failed = List.copyOf(failed);
    }

    /**
     * Runs it. Blocks until the last simulation has ended; all of them run, whether or not some fail.
     *
     * @param firstSeed the others follow it
     * @param count how many
     * @param threads on how many threads, 1 or more
     * @throws InterruptedException if the calling thread is interrupted; the simulations under way end by themselves
     */
    public static Campaign run(Simulator simulator, long firstSeed, int count, int threads)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicLong events = new AtomicLong();
        AtomicLong millis = new AtomicLong();
        AtomicLong appended = new AtomicLong();
        Queue<Long> failed = new ConcurrentLinkedQueue<>();
        Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(
                    () -> {
                        for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                            Run run = simulator.run(firstSeed + n);
                            events.addAndGet(run.events());
                            millis.addAndGet(run.virtualMillis());
                            appended.addAndGet(run.appended());
                            if (!run.passed()) {
                                failed.add(run.seed());
                            }
                        }
                    },
                    "simulations-" + i);
            worker.setDaemon(true);
            worker.setUncaughtExceptionHandler((thread, failure) -> broken.add(failure));
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (!broken.isEmpty()) {
            throw new IllegalStateException("a simulation could not be run", broken.peek());
        }
        return new Campaign(
                count, failed.stream().sorted().toList(), events.get(), millis.get() / 1_000, appended.get());
    }
}
