package io.lastack.store.jdbc;

import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.server.MariaDbServer;
import io.lastack.testkit.store.DurableStoreContract;

/** MySQL's driver. */
final class MySqlStoreTest extends DurableStoreContract {
    private final String url = MariaDbServer.mysqlUrl(MariaDbServer.shared().newDatabase());

    @Override
    protected ImStore open() {
        return JdbcStore.open(url);
    }
}
