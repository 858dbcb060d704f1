package io.lastack.store.jdbc;

import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.server.MariaDbServer;
import io.lastack.testkit.store.DurableStoreContract;

final class MariaDbStoreTest extends DurableStoreContract {
    private final String url = MariaDbServer.shared().newDatabase();

    @Override
    protected ImStore open() {
        return JdbcStore.open(url);
    }
}
