package io.lastack.store.redis;

import io.lastack.spi.ImStore;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.testkit.store.DurableStoreContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

class Redis6StoreTest extends DurableStoreContract {
    private static @Nullable RedisProcess server;

    @Override
    protected ImStore open() throws Exception {
        if (server == null) {
            server = RedisProcess.start(RedisVersion.REDIS_6);
        }
        return RedisStore.open(server.url());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }
}
