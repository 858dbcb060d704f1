package io.lastack.memory;

import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Time, threads and chance under a test's control: tasks run only inside {@link #runUntilIdle} and {@link #advance}, in
 * the calling thread, in an order fixed by the seed and the calls made. Time stands still between. Not thread-safe: one
 * thread drives it, and everything that runs on it.
 */
public final class VirtualRuntime implements EngineRuntime {
    private static final int MAX_TASKS_PER_INSTANT = 10_000_000;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong((Task t) -> t.dueNanos).thenComparingLong(t -> t.order));
    private final RandomGenerator random;
    private long wallOffsetMillis = 1_700_000_000_000L;
    private long nanos;
    private long order;

    private VirtualRuntime(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Time begins at a fixed instant; {@link #random} is seeded. */
    public static VirtualRuntime seeded(long seed) {
        return new VirtualRuntime(seed);
    }

    @Override
    public long currentTimeMillis() {
        return wallOffsetMillis + nanos / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void execute(Runnable task) {
        add(0, task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return add(Math.max(0, delay.toNanos()), task);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /** Moves the wall clock, forwards or backwards; the monotonic clock goes on untouched. */
    public void jumpWallClock(Duration by) {
        wallOffsetMillis += by.toMillis();
    }

    /** Runs everything due now, and what that makes due now. @return how many tasks ran */
    public int runUntilIdle() {
        int ran = 0;
        while (runNext()) {
            if (++ran > MAX_TASKS_PER_INSTANT) {
                throw new IllegalStateException("more than " + MAX_TASKS_PER_INSTANT + " tasks at one instant");
            }
        }
        return ran;
    }

    /** Runs the one task that is due now and was added first. @return whether there was one */
    public boolean runNext() {
        Task next = tasks.peek();
        if (next == null || next.dueNanos > nanos) {
            return false;
        }
        tasks.poll();
        next.run();
        return true;
    }

    /** Lets time pass, running each task at its time, and all that is due at the end. */
    public void advance(Duration by) {
        long end = nanos + by.toNanos();
        runUntilIdle();
        for (Task next = tasks.peek(); next != null && next.dueNanos <= end; next = tasks.peek()) {
            nanos = next.dueNanos;
            runUntilIdle();
        }
        nanos = end;
    }

    /**
     * Lets time pass in which nothing runs, as where a process is stopped or its machine is asleep: what was due meanwhile is
     * late, and runs with the next call that runs tasks.
     */
    public void standStill(Duration time) {
        nanos += time.toNanos();
    }

    /** How many tasks wait, for now or for later. */
    public int pending() {
        return (int) tasks.stream().filter(t -> t.body != null).count();
    }

    private Task add(long delayNanos, Runnable body) {
        Task task = new Task(nanos + delayNanos, order++, body);
        tasks.add(task);
        return task;
    }

    private static final class Task implements Cancellable {
        private final long dueNanos;
        private final long order;
        private @org.jspecify.annotations.Nullable Runnable body;

        Task(long dueNanos, long order, Runnable body) {
            this.dueNanos = dueNanos;
            this.order = order;
            this.body = body;
        }

        void run() {
            Runnable task = body;
            body = null;
            if (task != null) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            body = null;
        }
    }
}
