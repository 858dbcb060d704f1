package io.lastack.internal.session;

import io.lastack.spi.EngineOptions;

/** How often one connection went over the rate limits within the period that runs. Not thread-safe. */
final class Refusals {
    private final int most;
    private final long periodNanos;
    private long periodStart;
    private int count;

    Refusals(EngineOptions options) {
        this.most = options.rateRefusals();
        this.periodNanos = options.rateRefusalPeriod().toNanos();
    }

    /** Counts one more. @return whether there were more than may be */
    boolean exceeded(long nowNanos) {
        if (count == 0 || nowNanos - periodStart >= periodNanos) {
            periodStart = nowNanos;
            count = 0;
        }
        count++;
        return count > most;
    }
}
