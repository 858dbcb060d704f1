package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lastack.error.StoreException;
import io.lastack.examples.server.api.ApiOptions;
import io.lastack.spi.RetentionPolicy;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standalone server whose database is a Redis. */
class ServerOverRedisTest {
    @TempDir
    Path directory;

    @Test
    void aRedisThatWouldLoseMessagesIsTakenOnlyIfThatIsSaid() throws Exception {
        try (RedisProcess redis = RedisProcess.start(RedisVersion.REDIS_7, "--appendonly", "no")) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> start(redis.url(), new RedisStoreOptions(null, null)))
                    .withMessageContaining("Set appendonly yes")
                    .withMessageContaining("(--redis-durability is appendonly)");
            try (StandaloneServer server = start(redis.url(), new RedisStoreOptions("any", null))) {
                assertThat(server.port()).isPositive();
            }
        }
    }

    @Test
    void aRedisThatDoesNotWriteAtOnceIsRefusedWhereThatIsRequired() throws Exception {
        try (RedisProcess redis = RedisProcess.start(RedisVersion.REDIS_7)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> start(redis.url(), new RedisStoreOptions("always", null)))
                    .withMessageContaining("has appendfsync everysec; always is required");
            redis.kill();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> start(redis.url(), new RedisStoreOptions(null, null)))
                    .withMessageContaining(
                            "cannot open the store in Redis: Failed to connect to 127.0.0.1:" + redis.port());
        }
    }

    private StandaloneServer start(String url, RedisStoreOptions redis) {
        return StandaloneServer.start(new ServerOptions(
                "localhost",
                0,
                directory,
                url,
                null,
                null,
                "a secret of the tests, of 32 bytes and more",
                false,
                List.of(),
                RetentionPolicy.EVERYTHING,
                ApiOptions.of(null, List.of(), ApiOptions.SYSTEM),
                NodeOptions.ALONE,
                null,
                EdgeOptions.plain(),
                false,
                redis,
                PositionsOptions.WITH_THE_MESSAGES));
    }
}
