package io.lastack.store.redis.cluster;

import io.lastack.spi.Bus;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.testkit.cluster.BusContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class Redis7BusTest extends BusContract {
    private static RedisProcess server;

    private RedisBus bus;

    @BeforeAll
    static void start() throws IOException {
        server = RedisProcess.start(RedisVersion.REDIS_7);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected Bus bus() {
        if (bus == null) {
            bus = RedisBus.of(server.url());
        }
        return bus;
    }

    @AfterEach
    void close() {
        bus.close();
    }
}
