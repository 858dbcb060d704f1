package io.lastack.internal.concurrency;

import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Runs tasks in the thread that gives them; keeps timers until somebody fires one. */
public final class StepRuntime implements EngineRuntime {
    private final Queue<Runnable> timers = new ArrayDeque<>();

    /** Runs the timer that was set first, in this thread, if there is one. */
    public void fire() {
        Runnable timer;
        synchronized (timers) {
            timer = timers.poll();
        }
        if (timer != null) {
            timer.run();
        }
    }

    @Override
    public long currentTimeMillis() {
        return 0;
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        synchronized (timers) {
            timers.add(task);
        }
        return () -> {};
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(1);
    }
}
