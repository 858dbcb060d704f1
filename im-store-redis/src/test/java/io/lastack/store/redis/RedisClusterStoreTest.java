package io.lastack.store.redis;

import io.lastack.spi.ImStore;
import io.lastack.store.redis.server.RedisNodes;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.testkit.store.DurableStoreContract;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import redis.clients.jedis.HostAndPort;

class RedisClusterStoreTest extends DurableStoreContract {
    private static @Nullable RedisNodes cluster;

    @Override
    protected ImStore open() throws Exception {
        if (cluster == null) {
            cluster = RedisNodes.start(RedisVersion.REDIS_7, 3);
        }
        return RedisStore.open("redis-cluster://"
                + cluster.addresses().stream().map(HostAndPort::toString).collect(Collectors.joining(",")));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
