package io.lastack.examples.bench.store;

import org.HdrHistogram.Histogram;

/** What turns came to. */
final class Tally {
    private final Histogram micros = new Histogram(600_000_000L, 3);
    private long messages;
    private long nanos;
    private long cpuNanos;
    private long stored;

    /** @param counts false for a turn that warms up: what it stored is counted, and nothing else */
    void add(long newMessages, long newNanos, long newCpuNanos, Histogram newMicros, boolean counts) {
        stored += newMessages;
        if (counts) {
            messages += newMessages;
            nanos += newNanos;
            cpuNanos += newCpuNanos;
            micros.add(newMicros);
        }
    }

    double perSecond() {
        return messages * 1e9 / nanos;
    }

    /** The CPU of this process, garbage collection included, for each message. */
    double cpuMicros() {
        return cpuNanos / 1e3 / messages;
    }

    /** How long an append took, in milliseconds. */
    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    long stored() {
        return stored;
    }
}
