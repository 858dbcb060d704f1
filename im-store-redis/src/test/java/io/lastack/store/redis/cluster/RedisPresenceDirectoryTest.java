package io.lastack.store.redis.cluster;

import io.lastack.spi.PresenceDirectory;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.testkit.cluster.PresenceDirectoryContract;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;

class RedisPresenceDirectoryTest extends PresenceDirectoryContract {
    private static RedisProcess server;
    private static RedisClient client;

    private RedisPresenceDirectory directory;

    @BeforeAll
    static void start() throws IOException {
        server = RedisProcess.start(RedisVersion.REDIS_6);
        client = RedisClient.create(server.url());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Override
    protected PresenceDirectory directory() {
        client.flushAll();
        directory = RedisPresenceDirectory.of(server.url());
        return directory;
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Override
    protected void pass(Duration time) throws InterruptedException {
        // Leases are in the server's own time, which passes by itself.
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
