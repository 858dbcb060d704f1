package io.lastack.store.jdbc;

import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.server.ServerKind;
import io.lastack.testkit.store.DurableStoreContract;

/** With a MySQL server where {@code -Dmysql.home} names one; otherwise MySQL's driver with MariaDB. */
final class MySqlStoreTest extends DurableStoreContract {
    private final String url = ServerKind.MYSQL.newDatabase();

    @Override
    protected ImStore open() {
        return JdbcStore.open(url);
    }
}
