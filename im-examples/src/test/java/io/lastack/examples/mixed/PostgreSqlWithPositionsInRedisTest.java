package io.lastack.examples.mixed;

import io.lastack.mixed.MixedStore;
import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.jdbc.server.PostgreSqlServer;

/** Log and members in PostgreSQL, positions in Redis. */
final class PostgreSqlWithPositionsInRedisTest extends DatabaseWithRedisContract {
    private final String url = PostgreSqlServer.shared().newDatabase();

    @Override
    ImStore database() {
        return JdbcStore.open(url);
    }

    @Override
    MixedStore together(ImStore database, ImStore redis) {
        return MixedStore.of(database, redis);
    }
}
