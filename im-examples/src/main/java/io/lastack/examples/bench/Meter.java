package io.lastack.examples.bench;

import org.HdrHistogram.Histogram;

/** Counts and times what happens between {@link #start} and {@link #stop}. Used by one thread. */
final class Meter {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int DIGITS = 3;

    private final Histogram confirm = new Histogram(DIGITS);
    private final Histogram deliver = new Histogram(DIGITS);
    private long completed;
    private long delivered;
    private boolean running;
    private long startNanos;
    private long stopNanos;

    void start() {
        confirm.reset();
        deliver.reset();
        completed = 0;
        delivered = 0;
        running = true;
        startNanos = System.nanoTime();
    }

    void stop() {
        running = false;
        stopNanos = System.nanoTime();
    }

    /** How long it ran. */
    double seconds() {
        return (stopNanos - startNanos) / 1e9;
    }

    void confirmed(long sentNanos, long nowNanos) {
        if (running) {
            confirm.recordValue(Math.max(0, nowNanos - sentNanos) / NANOS_PER_MICRO);
        }
    }

    void delivered(long sentNanos, long nowNanos) {
        if (running) {
            delivered++;
            deliver.recordValue(Math.max(0, nowNanos - sentNanos) / NANOS_PER_MICRO);
        }
    }

    /** A message is confirmed, and had and acknowledged by all its receivers. */
    void completed() {
        if (running) {
            completed++;
        }
    }

    long completedCount() {
        return completed;
    }

    long deliveredCount() {
        return delivered;
    }

    /** From sending to the reply, in microseconds. */
    Histogram confirmMicros() {
        return confirm;
    }

    /** From sending to the delivery to each receiver, in microseconds. */
    Histogram deliverMicros() {
        return deliver;
    }
}
