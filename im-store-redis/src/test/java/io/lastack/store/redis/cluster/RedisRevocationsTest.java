package io.lastack.store.redis.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lastack.ImRuntime;
import io.lastack.error.StoreException;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What one node revoked, as another one sees it. */
class RedisRevocationsTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final DeviceId WEB = DeviceId.of("web");
    private static final Duration TOKEN = Duration.ofHours(1);

    private final ImRuntime runtime = ImRuntime.system();
    private RedisProcess redis;
    private RedisRevocations one;
    private RedisRevocations two;

    @BeforeEach
    void start() throws IOException {
        redis = RedisProcess.start(RedisVersion.REDIS_6, "--appendfsync", "always");
        one = RedisRevocations.of(redis.url(), TOKEN, runtime);
        two = RedisRevocations.of(redis.url(), TOKEN, runtime);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        runtime.close();
        redis.close();
    }

    @Test
    void whatOneNodeRevokedAnotherRefusesUntilNoTokenCanBeThatOld() {
        one.revoke(ALICE, null, 100);
        one.revoke(ALICE, PHONE, 200);
        assertThat(two.isRevoked(ALICE, WEB, 99)).isTrue();
        assertThat(two.isRevoked(ALICE, WEB, 100)).isFalse();
        assertThat(two.isRevoked(ALICE, PHONE, 199)).isTrue();
        assertThat(two.isRevoked(ALICE, PHONE, 200)).isFalse();
        assertThat(two.isRevoked(UserId.of("bob"), PHONE, 0)).isFalse();
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            assertThat(jedis.pttl("lastack:revoked:alice")).isBetween(1L, TOKEN.toMillis());
        }
    }

    @Test
    void anEarlierTimeTakesNothingBack() {
        one.revoke(ALICE, null, 200);
        two.revoke(ALICE, null, 100);
        RedisRevocations third = RedisRevocations.of(redis.url(), TOKEN, runtime);
        assertThat(third.isRevoked(ALICE, WEB, 199)).isTrue();
        third.close();
    }

    @Test
    void whatIsKeptIsHeededAtOnceWhenRedisIsBack() throws Exception {
        one.revoke(ALICE, null, 100);
        assertThat(two.isRevoked(ALICE, WEB, 99)).isTrue();
        redis.kill();
        redis.restart();
        assertThat(two.isRevoked(ALICE, WEB, 99)).isTrue();
    }

    @Test
    void whileRedisIsAwayANodeGoesByWhatItWasTold() throws Exception {
        one.revoke(ALICE, null, 100);
        redis.kill();
        assertThat(one.isRevoked(ALICE, WEB, 99)).isTrue();
        assertThat(two.isRevoked(ALICE, WEB, 99)).as("log-ins go on").isFalse();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> two.revoke(ALICE, PHONE, 300));
        assertThat(two.isRevoked(ALICE, PHONE, 299)).isTrue();
    }
}
