package io.lastack.examples.mixed;

import io.lastack.mixed.MixedStore;
import io.lastack.spi.ImStore;
import io.lastack.store.redis.RedisStore;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.testkit.store.DurableStoreContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** A store of two of which one is a Redis, which is killed at every restart. */
abstract class DatabaseWithRedisContract extends DurableStoreContract {
    private @Nullable RedisProcess redis;

    abstract ImStore database();

    abstract MixedStore together(ImStore database, ImStore redis);

    @Override
    protected final ImStore open() throws Exception {
        if (redis == null) {
            redis = RedisProcess.start(RedisVersion.REDIS_7, "--appendfsync", "always");
        } else {
            redis.kill();
            redis.restart();
        }
        return together(
                database(),
                RedisStore.builder(redis.url()).requireAppendFsyncAlways().open());
    }

    @AfterAll
    final void stopRedis() {
        if (redis != null) {
            redis.close();
        }
    }
}
