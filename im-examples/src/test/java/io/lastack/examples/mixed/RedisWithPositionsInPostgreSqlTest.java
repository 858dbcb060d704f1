package io.lastack.examples.mixed;

import io.lastack.mixed.MixedStore;
import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.jdbc.server.PostgreSqlServer;

/** Log and members in Redis, positions in PostgreSQL. */
final class RedisWithPositionsInPostgreSqlTest extends DatabaseWithRedisContract {
    private final String url = PostgreSqlServer.shared().newDatabase();

    @Override
    ImStore database() {
        return JdbcStore.open(url);
    }

    @Override
    MixedStore together(ImStore database, ImStore redis) {
        return MixedStore.of(redis, database);
    }
}
