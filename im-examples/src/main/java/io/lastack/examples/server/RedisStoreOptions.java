package io.lastack.examples.server;

import io.lastack.error.StoreException;
import io.lastack.store.redis.RedisStore;
import io.lastack.store.redis.RedisStoreBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a Redis that is the store must do before a message is confirmed.
 *
 * @param durability {@code appendonly} (or null) for a server that keeps an append-only file, so that what is confirmed
 *     survives the end of its process while the disk keeps up; {@code always} for one that has it on the disk, so that it survives the end of the
 *     machine; {@code any} to take also a server that loses messages
 * @param waitReplicas how many replicas must have it too; null for none
 */
public record RedisStoreOptions(
        @Nullable String durability, @Nullable Integer waitReplicas) {
    static final RedisStoreOptions USUAL = new RedisStoreOptions(null, null);
    private static final List<String> DURABILITIES = List.of("any", "appendonly", "always");
    private static final Duration REPLICAS_TIMEOUT = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException if an option is wrong */
    public RedisStoreOptions {
        if (durability != null && !DURABILITIES.contains(durability)) {
            throw new IllegalArgumentException(
                    "--redis-durability is " + durability + "; any, appendonly and always are allowed");
        }
        if (waitReplicas != null && (waitReplicas < 1 || waitReplicas > 100)) {
            throw new IllegalArgumentException("--redis-wait-replicas is " + waitReplicas + "; 1 to 100 are allowed");
        }
    }

    /** Whether a URL of a database is one of Redis. */
    static boolean isRedis(@Nullable String dbUrl) {
        return dbUrl != null && dbUrl.startsWith("redis");
    }

    /**
     * Says whether these options and the database go together.
     *
     * @throws IllegalArgumentException if not, or if the URL is one of Redis and wrong
     */
    void check(@Nullable String dbUrl, boolean hasCredentials) {
        if (isRedis(dbUrl)) {
            builder(Objects.requireNonNull(dbUrl));
            if (hasCredentials) {
                throw new IllegalArgumentException("--db-user and --db-password are of a database with a JDBC address;"
                        + " for Redis, --db-url has them: redis://USER:PASSWORD@HOST:PORT");
            }
        } else if (!equals(USUAL)) {
            throw new IllegalArgumentException(
                    "--redis-durability and --redis-wait-replicas go with a --db-url that names a Redis, such as"
                            + " redis://HOST:PORT");
        }
    }

    /** @throws io.lastack.error.StoreException if it cannot be reached, or must not be used as it is */
    RedisStore open(String url, boolean newEpoch) {
        RedisStoreBuilder store = builder(url);
        try {
            return newEpoch ? store.newEpoch().open() : store.open();
        } catch (StoreException e) {
            throw e.retryable()
                    ? e
                    : new StoreException(
                            e.getMessage() + " (--redis-durability is "
                                    + Objects.requireNonNullElse(durability, "appendonly") + ")",
                            e,
                            false,
                            e.effect());
        }
    }

    private RedisStoreBuilder builder(String url) {
        RedisStoreBuilder store = RedisStore.builder(url);
        if ("always".equals(durability)) {
            store.requireAppendFsyncAlways();
        } else if ("any".equals(durability)) {
            store.acceptLosingMessages();
        }
        return waitReplicas == null ? store : store.waitReplicas(waitReplicas, REPLICAS_TIMEOUT);
    }
}
