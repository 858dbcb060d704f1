package io.lastack.store.redis;

import io.lastack.spi.ImStore;
import io.lastack.store.redis.server.RedisSentinel;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.testkit.store.StoreContract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The primary is found by a Sentinel, and nothing is confirmed that the replica does not have. */
class RedisSentinelStoreTest extends StoreContract {
    private static @Nullable RedisSentinel group;

    @Override
    protected ImStore open() throws Exception {
        group = RedisSentinel.start(RedisVersion.REDIS_7);
        return RedisStore.builder(group.url())
                .waitReplicas(1, Duration.ofSeconds(1))
                .open();
    }

    @AfterAll
    static void stop() {
        if (group != null) {
            group.close();
        }
    }
}
