package io.lastack.store.jdbc;

import io.lastack.spi.ImStore;
import io.lastack.testkit.store.DurableStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class H2FileStoreTest extends DurableStoreContract {
    @TempDir
    static Path directory;

    @Override
    protected ImStore open() {
        return JdbcStore.open("jdbc:h2:file:" + directory.resolve("im"));
    }
}
