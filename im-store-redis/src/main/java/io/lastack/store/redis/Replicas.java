package io.lastack.store.redis;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.time.Duration;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/**
 * How many replicas must have a write before it is confirmed.
 *
 * @param count 0 for none
 * @param timeout how long to wait for them
 */
record Replicas(int count, Duration timeout) {
    static final Replicas NONE = new Replicas(0, Duration.ofMillis(1));

    /** @throws IllegalArgumentException if a component is outside its bounds */
    Replicas {
        if (count < 0 || count > 100) {
            throw new IllegalArgumentException("replicas " + count + " is not allowed; 0 to 100 is");
        }
        if (timeout.toMillis() < 1 || timeout.toMillis() > 60_000) {
            throw new IllegalArgumentException("timeout " + timeout + " is not allowed; 1 ms to 60 s is");
        }
    }

    Response<Long> await(AbstractPipeline pipeline, byte[] key) {
        return pipeline.waitReplicas(key, count, timeout.toMillis());
    }

    void check(String what, long reached) {
        if (reached < count) {
            throw new StoreException(
                    "cannot " + what + ": " + reached + " replicas have it after " + timeout.toMillis() + " ms; "
                            + count + " must",
                    null,
                    true,
                    Effect.UNKNOWN);
        }
    }
}
