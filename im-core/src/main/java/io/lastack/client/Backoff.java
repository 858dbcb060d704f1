package io.lastack.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: the n-th wait is uniform between 0 and {@code base * 2^(n-1)}, capped. Full jitter
 * spreads clients that lost the same server better than a jitter around the exponential (M. Brooker, "Exponential
 * Backoff And Jitter", AWS Architecture Blog, 2015).
 */
final class Backoff {
    private static final int MAX_DOUBLINGS = 40;

    private final long baseNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private int attempts;

    Backoff(Duration base, Duration max, RandomGenerator random) {
        this.baseNanos = base.toNanos();
        this.maxNanos = max.toNanos();
        this.random = random;
    }

    Duration next() {
        return Duration.ofNanos(random.nextLong(ceiling(attempts++) + 1));
    }

    /** How many waits there were since the start or the last reset. */
    int attempts() {
        return attempts;
    }

    void reset() {
        attempts = 0;
    }

    private long ceiling(int doublings) {
        int shift = Math.min(doublings, MAX_DOUBLINGS);
        return baseNanos > maxNanos >> shift ? maxNanos : baseNanos << shift;
    }
}
