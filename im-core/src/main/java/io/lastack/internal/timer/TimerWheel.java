package io.lastack.internal.timer;

import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timing wheel (Varghese and Lauck, 1987): a timeout costs one entry in a slot, whatever the number of
 * connections, and the runtime's own timer sees one task, only while any timeout waits. Timeouts fire up to one tick late,
 * never early. Thread-safe; tasks run one after another on the runtime's timer thread and must be short.
 *
 * <p>The wheel has a time of its own, {@link #nanoTime}, in which a process that stood still has not lived: a peer that had so
 * long to give a sign of life is not blamed for a pause in which nobody could have heard it.
 */
public final class TimerWheel {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int SLOTS = 1_024;
    /** What a turn counts for at the most. The timer of a busy machine is late by less. */
    private static final long LONGEST_TURN_NANOS = 4 * TICK.toNanos();

    private final EngineRuntime runtime;
    private final List<ArrayDeque<Timeout>> slots = new ArrayList<>(SLOTS);
    private volatile Turned last;
    private long tick;
    private int waiting;
    private boolean running;

    /**
     * The last turn.
     *
     * @param nanos in the wheel's time
     * @param at in the runtime's
     */
    private record Turned(long nanos, long at) {
        long lived(long now) {
            return nanos + Math.min(now - at, LONGEST_TURN_NANOS);
        }
    }

    public TimerWheel(EngineRuntime runtime) {
        this.runtime = runtime;
        this.last = new Turned(0, runtime.nanoTime());
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayDeque<>(0));
        }
    }

    /**
     * The time in which timeouts are due, in nanoseconds from an arbitrary origin. It passes as the runtime's does, but no
     * further than 200 ms from one turn to the next, however late that comes, nor while nothing waits. It never goes back.
     */
    public long nanoTime() {
        // In this order: a turn between the two would be later than the time it is compared with.
        Turned turned = last;
        return turned.lived(runtime.nanoTime());
    }

    /** @return the tick it is now */
    private long look() {
        long now = runtime.nanoTime();
        long lived = last.lived(now);
        last = new Turned(lived, now);
        return tickOf(lived);
    }

    /** Runs the task once, after the delay, unless it is cancelled before. */
    public synchronized Timeout schedule(Duration delay, Runnable task) {
        if (!running) {
            running = true;
            tick = look();
            runtime.schedule(TICK, this::turn);
        }
        Timeout timeout = new Timeout(task, Math.max(tick, tickOf(nanoTime() + delay.toNanos())) + 1);
        slots.get(slotOf(timeout.tick)).add(timeout);
        waiting++;
        return timeout;
    }

    private void turn() {
        List<Timeout> due = new ArrayList<>();
        synchronized (this) {
            long now = look();
            while (tick < now) {
                collectDue(++tick, now, due);
            }
            running = waiting > 0;
            if (running) {
                runtime.schedule(TICK, this::turn);
            }
        }
        due.forEach(Timeout::run);
    }

    private void collectDue(long slotTick, long now, List<Timeout> due) {
        ArrayDeque<Timeout> slot = slots.get(slotOf(slotTick));
        for (int n = slot.size(); n > 0; n--) {
            Timeout timeout = slot.remove();
            if (timeout.task == null) {
                waiting--;
            } else if (timeout.tick <= now) {
                waiting--;
                due.add(timeout);
            } else {
                slot.add(timeout);
            }
        }
    }

    private static long tickOf(long nanos) {
        return nanos / TICK.toNanos();
    }

    private static int slotOf(long tick) {
        return (int) (tick % SLOTS);
    }

    /** Something that waits on the wheel. */
    public static final class Timeout {
        /** Null once cancelled, so that the wheel keeps nothing of what the task knows. */
        private volatile @Nullable Runnable task;

        private final long tick;

        private Timeout(Runnable task, long tick) {
            this.task = task;
            this.tick = tick;
        }

        /** Prevents the task from starting, if it has not started yet. */
        public void cancel() {
            task = null;
        }

        private void run() {
            Runnable due = task;
            if (due != null) {
                due.run();
            }
        }
    }
}
