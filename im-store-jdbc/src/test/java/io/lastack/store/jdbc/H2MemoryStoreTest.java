package io.lastack.store.jdbc;

import io.lastack.spi.ImStore;
import io.lastack.testkit.store.StoreContract;

final class H2MemoryStoreTest extends StoreContract {
    @Override
    protected ImStore open() {
        return JdbcStore.open("jdbc:h2:mem:contract");
    }
}
