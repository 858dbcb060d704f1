package io.lastack.transport.tyrus.netty;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A limit of time on an I/O thread, which may be passed by a twentieth of a second. Those of one twentieth end together and act
 * in turns ({@link IoTurns}): the loop of Java's selectors has whole milliseconds, and Netty's spins for the rest of each
 * deadline, which for a crowd that came at once is all the time. Only on the thread.
 */
final class IoTimer {

    private static final long GRID_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final EventExecutor thread;
    private final Runnable action;
    private final Future<?> due;
    private boolean cancelled;

    private IoTimer(EventExecutor thread, long millis, Runnable action) {
        this.thread = thread;
        this.action = action;
        long now = thread.ticker().nanoTime();
        long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
        long onGrid = -Math.floorDiv(-end, GRID_NANOS) * GRID_NANOS;
        this.due = thread.schedule(this::end, onGrid - now, TimeUnit.NANOSECONDS);
    }

    /** Acts when the time is over, unless it is cancelled before. */
    static IoTimer start(EventExecutor thread, long millis, Runnable action) {
        return new IoTimer(thread, millis, action);
    }

    private void end() {
        IoTurns.take(thread, () -> {
            if (!cancelled) {
                action.run();
            }
        });
    }

    void cancel() {
        cancelled = true;
        due.cancel(false);
    }
}
