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
 */
public final class TimerWheel {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int SLOTS = 1_024;

    private final EngineRuntime runtime;
    private final List<ArrayDeque<Timeout>> slots = new ArrayList<>(SLOTS);
    private final long originNanos;
    private long tick;
    private int waiting;
    private boolean running;

    public TimerWheel(EngineRuntime runtime) {
        this.runtime = runtime;
        this.originNanos = runtime.nanoTime();
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayDeque<>(0));
        }
    }

    /** Runs the task once, after the delay, unless it is cancelled before. */
    public Timeout schedule(Duration delay, Runnable task) {
        Timeout timeout = new Timeout(task, runtime.nanoTime() + delay.toNanos());
        synchronized (this) {
            if (!running) {
                running = true;
                tick = tickOf(runtime.nanoTime());
                runtime.schedule(TICK, this::turn);
            }
            timeout.tick = Math.max(tick + 1, tickOf(timeout.deadlineNanos) + 1);
            slots.get(slotOf(timeout.tick)).add(timeout);
            waiting++;
        }
        return timeout;
    }

    private void turn() {
        List<Timeout> due = new ArrayList<>();
        synchronized (this) {
            long now = tickOf(runtime.nanoTime());
            long last = Math.min(now, tick + SLOTS);
            while (tick < last) {
                collectDue(++tick, now, due);
            }
            tick = now;
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

    private long tickOf(long nanos) {
        return (nanos - originNanos) / TICK.toNanos();
    }

    private static int slotOf(long tick) {
        return (int) (tick % SLOTS);
    }

    /** Something that waits on the wheel. */
    public static final class Timeout {
        /** Null once cancelled, so that the wheel keeps nothing of what the task knows. */
        private volatile @Nullable Runnable task;

        private final long deadlineNanos;
        private long tick;

        private Timeout(Runnable task, long deadlineNanos) {
            this.task = task;
            this.deadlineNanos = deadlineNanos;
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
