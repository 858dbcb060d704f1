package io.lastack.store.redis.cluster;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** The pause before the next attempt to connect: grows from attempt to attempt, and differs from node to node. */
final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5_000;

    private volatile long millis = FIRST_MILLIS;

    void reset() {
        millis = FIRST_MILLIS;
    }

    void pause(BooleanSupplier over) {
        if (over.getAsBoolean()) {
            return;
        }
        long now = millis;
        millis = Math.min(LONGEST_MILLIS, now * 2);
        try {
            Thread.sleep(now / 2 + ThreadLocalRandom.current().nextLong(now / 2 + 1));
        } catch (InterruptedException e) {
            // Closing: the loop around looks whether it is.
        }
    }
}
