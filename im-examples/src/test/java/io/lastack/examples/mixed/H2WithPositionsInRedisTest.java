package io.lastack.examples.mixed;

import io.lastack.mixed.MixedStore;
import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.JdbcStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Log and members in H2, positions in Redis. */
final class H2WithPositionsInRedisTest extends DatabaseWithRedisContract {
    @TempDir
    static Path directory;

    @Override
    ImStore database() {
        return JdbcStore.open("jdbc:h2:file:" + directory.resolve("im"));
    }

    @Override
    MixedStore together(ImStore database, ImStore redis) {
        return MixedStore.of(database, redis);
    }
}
