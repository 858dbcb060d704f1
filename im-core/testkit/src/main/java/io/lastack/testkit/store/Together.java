package io.lastack.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Tasks that run at the same time, each in a thread of its own. */
final class Together {
    private static final int MAX_SECONDS = 60;

    private Together() {}

    /**
     * Starts all tasks at once and waits for all of them, for a minute at most.
     *
     * @return their results, in the order of the tasks
     * @throws AssertionError if one of them fails or does not end
     */
    static <T> List<T> run(List<? extends Callable<T>> tasks) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            CyclicBarrier start = new CyclicBarrier(tasks.size());
            List<Callable<T>> aligned = new ArrayList<>();
            for (Callable<T> task : tasks) {
                aligned.add(() -> {
                    start.await(MAX_SECONDS, TimeUnit.SECONDS);
                    return task.call();
                });
            }
            return results(threads.invokeAll(aligned, MAX_SECONDS, TimeUnit.SECONDS));
        } finally {
            threads.shutdown();
        }
    }

    private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
            } catch (CancellationException e) {
                throw new AssertionError("a thread did not end within " + MAX_SECONDS + " s", e);
            }
        }
        return results;
    }
}
