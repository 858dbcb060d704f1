package io.lastack.spi;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Time, threads and chance, as the engine takes them: nothing in the core has another source, so that a simulator can
 * run the shipping engine on virtual time in one thread.
 */
public interface EngineRuntime {
    /** Wall-clock time in milliseconds since the epoch; may jump. Used for what is stored and shown. */
    long currentTimeMillis();

    /** A clock that only moves forward, in nanoseconds from an arbitrary origin. Used for every time-out. */
    long nanoTime();

    /** Runs a task that may block, soon, on another thread (or later on this one). */
    void execute(Runnable task);

    /** Runs a short task that does not block, once, after a delay. */
    Cancellable schedule(Duration delay, Runnable task);

    /** For ids and jitter; safe for use by several threads. */
    RandomGenerator random();

    /** Something scheduled. */
    interface Cancellable {
        /** Prevents the task from starting, if it has not started yet. */
        void cancel();
    }
}
