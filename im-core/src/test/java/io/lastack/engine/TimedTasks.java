package io.lastack.engine;

import io.lastack.memory.VirtualRuntime;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Virtual time in which blocking work may take its time while other work goes on: each task of {@link #execute} has a thread
 * of its own, of which one runs at a time, until it ends or {@linkplain #take takes time}. Repeatable, as the runtime below
 * is.
 */
final class TimedTasks implements EngineRuntime, AutoCloseable {
    private static final ThreadLocal<Semaphore> TURN = new ThreadLocal<>();

    private final VirtualRuntime time;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "timed");
        thread.setDaemon(true);
        return thread;
    });
    private final Semaphore driver = new Semaphore(0);

    TimedTasks(VirtualRuntime time) {
        this.time = time;
    }

    @Override
    public void execute(Runnable task) {
        time.execute(() -> {
            threads.execute(() -> {
                TURN.set(new Semaphore(0));
                try {
                    task.run();
                } finally {
                    TURN.remove();
                    driver.release();
                }
            });
            driver.acquireUninterruptibly();
        });
    }

    /** Ends after so much time, in which others run; at once outside of tasks. */
    void take(Duration duration) {
        Semaphore mine = TURN.get();
        if (mine == null) {
            return;
        }
        time.schedule(duration, () -> {
            mine.release();
            driver.acquireUninterruptibly();
        });
        driver.release();
        mine.acquireUninterruptibly();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return time.schedule(delay, task);
    }

    @Override
    public long currentTimeMillis() {
        return time.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public RandomGenerator random() {
        return time.random();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
