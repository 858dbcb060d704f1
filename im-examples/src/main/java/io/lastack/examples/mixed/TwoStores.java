package io.lastack.examples.mixed;

import io.lastack.ImEngine;
import io.lastack.log.UserId;
import io.lastack.mixed.MixedStore;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.ImStore;
import io.lastack.spi.UserContext;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.redis.RedisStore;
import io.lastack.store.redis.cluster.RedisBus;
import io.lastack.store.redis.cluster.RedisPresenceDirectory;

/** Messages and members in a database; what devices have and users have read, and who is online, in a Redis. */
public final class TwoStores implements AutoCloseable {
    private final ImStore store;
    private final RedisBus bus;
    private final RedisPresenceDirectory presence;
    private final ImEngine im;

    private TwoStores(ImStore store, String redisUrl) {
        this.store = store;
        this.bus = RedisBus.of(redisUrl);
        this.presence = RedisPresenceDirectory.of(redisUrl);
        // A demonstration: whoever says a name is let in under it.
        this.im = ImEngine.builder(store)
                .authenticator(c -> new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
                .bus(bus)
                .presenceDirectory(presence)
                .build();
    }

    /**
     * Opens both.
     *
     * @param databaseUrl such as {@code jdbc:postgresql://localhost/im}
     * @param redisUrl such as {@code redis://localhost:6379}; it may lose what it has, which costs repeats
     * @throws io.lastack.error.StoreException if one of them does not open
     */
    public static TwoStores open(String databaseUrl, String redisUrl) {
        JdbcStore messages = JdbcStore.open(databaseUrl);
        try {
            RedisStore positions =
                    RedisStore.builder(redisUrl).acceptLosingMessages().open();
            return new TwoStores(MixedStore.of(messages, positions), redisUrl);
        } catch (RuntimeException e) {
            messages.close();
            throw e;
        }
    }

    ImEngine im() {
        return im;
    }

    ImStore store() {
        return store;
    }

    @Override
    public void close() {
        im.close();
        presence.close();
        bus.close();
        store.close();
    }
}
