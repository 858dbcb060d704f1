package io.lastack.store.redis.cluster;

import io.lastack.error.StoreException;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryRevocations;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.Revocations;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Revocations in Redis, where all nodes look: a hash for each user, kept for as long as a token can live. What this process was
 * told of is also kept in memory: while Redis is away log-ins go on, and are refused by that alone. Nobody is asked again for a
 * second after Redis did not answer. Thread-safe; blocks.
 */
public final class RedisRevocations implements Revocations, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisRevocations.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String ALL_DEVICES = "";

    private final UnifiedJedis redis;
    private final boolean own;
    private final String prefix;
    private final String keepMillis;
    private final EngineRuntime runtime;
    private final MemoryRevocations heard;
    private volatile boolean away;
    private volatile long awaySinceNanos;

    private RedisRevocations(
            UnifiedJedis redis, boolean own, String prefix, Duration longestToken, EngineRuntime runtime) {
        this.heard = MemoryRevocations.forTokensOf(longestToken, runtime);
        this.redis = redis;
        this.own = own;
        this.prefix = prefix + "revoked:";
        this.keepMillis = Long.toString(longestToken.toMillis());
        this.runtime = runtime;
    }

    /**
     * Kept on the server at a URL, such as {@code redis://host:6379}.
     *
     * @param longestToken how long a token lives at the most, from its issue to its end; more than zero
     * @throws IllegalArgumentException if one of them is not such
     */
    public static RedisRevocations of(String url, Duration longestToken, EngineRuntime runtime) {
        return new RedisRevocations(RedisClient.create(Servers.parse(url)), true, "lastack:", longestToken, runtime);
    }

    /**
     * @param client of a server or a cluster; stays the caller's to close
     * @param prefix of all keys
     * @param longestToken see above
     */
    public static RedisRevocations of(
            UnifiedJedis client, String prefix, Duration longestToken, EngineRuntime runtime) {
        return new RedisRevocations(client, false, prefix, longestToken, runtime);
    }

    /** @throws StoreException if Redis does not take it; this process heeds it all the same */
    @Override
    public void revoke(UserId user, @Nullable DeviceId device, long before) {
        heard.revoke(user, device, before);
        String field = device == null ? ALL_DEVICES : device.value();
        try {
            asking(() -> redis.eval(
                    Scripts.REVOKE, List.of(prefix + user.value()), List.of(field, Long.toString(before), keepMillis)));
        } catch (JedisException e) {
            throw new StoreException("Redis does not take a revocation: " + e, e, true, StoreException.Effect.UNKNOWN);
        }
    }

    @Override
    public boolean isRevoked(UserId user, DeviceId device, long issuedAt) {
        return heard.isRevoked(user, device, issuedAt) || isKept(user, device, issuedAt);
    }

    private boolean isKept(UserId user, DeviceId device, long issuedAt) {
        if (away && runtime.nanoTime() - awaySinceNanos < PAUSE_NANOS) {
            return false;
        }
        try {
            List<String> times = asking(() -> redis.hmget(prefix + user.value(), ALL_DEVICES, device.value()));
            away = false;
            return times.stream().anyMatch(time -> time != null && issuedAt < Long.parseLong(time));
        } catch (JedisException e) {
            awaySinceNanos = runtime.nanoTime();
            if (!away) {
                away = true;
                log.warn("Redis does not say what is revoked; this node goes by what it was told: {}", e.toString());
            }
            return false;
        }
    }

    /** Asks again where a connection turns out to be of a server that was restarted meanwhile: no harm in either question. */
    private <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (JedisConnectionException e) {
            if (redis instanceof RedisClient client) {
                client.getPool().clear();
            }
            return question.get();
        }
    }

    /** Closes the client, if it was made here. */
    @Override
    public void close() {
        if (own) {
            redis.close();
        }
    }
}
