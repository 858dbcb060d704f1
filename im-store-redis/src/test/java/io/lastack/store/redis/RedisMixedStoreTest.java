package io.lastack.store.redis;

import io.lastack.mixed.MixedStore;
import io.lastack.spi.ImStore;
import io.lastack.store.redis.server.RedisNodes;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.testkit.store.DurableStoreContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The log on one server, killed at every restart, and the positions in a cluster. */
class RedisMixedStoreTest extends DurableStoreContract {
    private static @Nullable RedisProcess server;
    private static @Nullable RedisNodes cluster;

    @Override
    protected ImStore open() throws Exception {
        if (server == null) {
            server = RedisProcess.start(RedisVersion.REDIS_7, "--appendfsync", "always");
        } else {
            server.kill();
            server.restart();
        }
        if (cluster == null) {
            cluster = RedisNodes.start(RedisVersion.REDIS_7, 3);
        }
        return MixedStore.of(RedisStore.open(server.url()), RedisStore.cluster(cluster.addresses()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }
}
