package io.lastack.store.redis;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

/**
 * How many replicas must have a write before it is confirmed.
 *
 * @param count 0 for none
 * @param timeout how long to wait for them
 */
record Replicas(int count, Duration timeout) {
    private static final byte[] MARKER = ":waited".getBytes(StandardCharsets.US_ASCII);
    private static final long MARKER_MILLIS = 1_000;
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

    /**
     * Sends a wait that covers everything in the server of the key up to now. Newer servers wait only for what the same
     * connection wrote, and a repeat that finds its message writes nothing: so something is written first, which vanishes.
     */
    Awaited await(AbstractPipeline pipeline, byte[] key) {
        byte[] marker = Arrays.copyOf(key, key.length + MARKER.length);
        System.arraycopy(MARKER, 0, marker, key.length, MARKER.length);
        return new Awaited(
                pipeline.set(marker, new byte[0], SetParams.setParams().px(MARKER_MILLIS)),
                pipeline.waitReplicas(key, count, timeout.toMillis()));
    }

    /** The answers to a wait: of the write before it, and how many replicas have that. */
    record Awaited(Response<String> write, Response<Long> reached) {}

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
