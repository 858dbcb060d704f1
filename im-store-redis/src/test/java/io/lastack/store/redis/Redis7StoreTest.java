package io.lastack.store.redis;

import io.lastack.spi.ImStore;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.testkit.store.DurableStoreContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** Everything durable at once, and the server killed at every restart. */
class Redis7StoreTest extends DurableStoreContract {
    private static @Nullable RedisProcess server;

    @Override
    protected ImStore open() throws Exception {
        if (server == null) {
            server = RedisProcess.start(RedisVersion.REDIS_7, "--appendfsync", "always");
        } else {
            server.kill();
            server.restart();
        }
        return RedisStore.builder(server.url()).requireAppendFsyncAlways().open();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }
}
