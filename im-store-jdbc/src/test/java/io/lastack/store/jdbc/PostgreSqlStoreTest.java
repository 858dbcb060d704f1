package io.lastack.store.jdbc;

import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.server.PostgreSqlServer;
import io.lastack.testkit.store.DurableStoreContract;

final class PostgreSqlStoreTest extends DurableStoreContract {
    private final String url = PostgreSqlServer.shared().newDatabase();

    @Override
    protected ImStore open() {
        return JdbcStore.open(url);
    }
}
