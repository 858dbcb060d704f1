package io.lastack.examples.server;

import io.lastack.mixed.MixedStore;
import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.jdbc.JdbcStoreBuilder;
import io.lastack.store.redis.RedisStore;
import io.lastack.store.redis.RedisStoreBuilder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where ack and read positions are kept, if not with the messages.
 *
 * @param url a JDBC address or a Redis; null for where the messages are
 * @param user of a database with a JDBC address; or null
 */
public record PositionsOptions(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password) {
    static final PositionsOptions WITH_THE_MESSAGES = new PositionsOptions(null, null, null);

    /** @throws IllegalArgumentException if the options contradict each other, or the URL is one of Redis and wrong */
    public PositionsOptions {
        boolean hasCredentials = user != null || password != null;
        if (url == null && hasCredentials) {
            throw new IllegalArgumentException("--positions-user and --positions-password go with --positions-url");
        }
        if (url != null && RedisStoreOptions.isRedis(url)) {
            redis(url);
            if (hasCredentials) {
                throw new IllegalArgumentException(
                        "--positions-user and --positions-password are of a database with a JDBC address;"
                                + " for Redis, --positions-url has them: redis://USER:PASSWORD@HOST:PORT");
            }
        }
    }

    /** @throws IllegalArgumentException if the positions are where the messages are in any case */
    void check(@Nullable String dbUrl) {
        if (url != null && url.equals(dbUrl)) {
            throw new IllegalArgumentException(
                    "--positions-url names the database of --db-url, which keeps the positions"
                            + " by itself; another one, or no --positions-url, is allowed");
        }
    }

    /**
     * The store of the messages, or one of both.
     *
     * @param log closed if the other one does not open
     * @throws io.lastack.error.StoreException if that cannot be reached, or must not be used as it is
     */
    ImStore beside(ImStore log) {
        if (url == null) {
            return log;
        }
        try {
            return MixedStore.of(log, open(url));
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private ImStore open(String where) {
        if (RedisStoreOptions.isRedis(where)) {
            return redis(where).open();
        }
        JdbcStoreBuilder store = JdbcStore.builder(where);
        return user == null
                ? store.open()
                : store.credentials(user, Objects.requireNonNullElse(password, ""))
                        .open();
    }

    /** Positions that are lost cost repeats, and no message: any Redis will do. */
    private static RedisStoreBuilder redis(String where) {
        return RedisStore.builder(where).acceptLosingMessages();
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "PositionsOptions[" + (url == null ? "with the messages" : "elsewhere") + "]";
    }
}
