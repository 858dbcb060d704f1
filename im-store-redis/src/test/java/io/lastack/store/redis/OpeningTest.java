package io.lastack.store.redis;

import static io.lastack.store.redis.Chat.ALICE;
import static io.lastack.store.redis.Chat.DIRECT;
import static io.lastack.store.redis.Chat.SENT_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

class OpeningTest {
    private static RedisProcess process;

    @BeforeAll
    static void start() throws Exception {
        process = RedisProcess.start(RedisVersion.REDIS_7);
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @BeforeEach
    void reset() {
        set(Map.of("appendonly", "yes", "appendfsync", "everysec", "maxmemory-policy", "noeviction", "maxmemory", "0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "localhost:6379",
                "redis://",
                "redis://localhost/im",
                "redis://a b",
                "redis:///1"
            })
    void aUrlThatIsNotOneOfRedisIsRefusedWithoutThePassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStore.open(url))
                .withMessageContaining("redis:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStore.open("redis://user:secret@host/im"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void optionsThatMeanNothingAreRefused() {
        RedisStoreBuilder builder = RedisStore.builder(process.url());

        for (String prefix : List.of("", "a{b", "a}b", "a b", "x".repeat(65))) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.prefix(prefix));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> builder.waitReplicas(0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.waitReplicas(1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> RedisStore.clusterBuilder(Set.of()));
    }

    @Test
    void aServerThatIsNotThereMayBeThereLater() {
        StoreException e = refused(() -> RedisStore.open("redis://127.0.0.1:1"));

        assertThat(e.retryable()).isTrue();
        assertThat(e.effect()).isEqualTo(Effect.NOT_APPLIED);
    }

    @Test
    void aWrongPasswordStaysWrong() {
        set(Map.of("requirepass", "right"));
        try {
            StoreException e = refused(() -> RedisStore.open("redis://default:wrong@127.0.0.1:" + process.port()));
            assertThat(e.retryable()).isFalse();
            assertThat(e).hasMessageContaining("WRONGPASS");
        } finally {
            try (Jedis jedis = new Jedis("127.0.0.1", process.port())) {
                jedis.auth("right");
                jedis.configSet("requirepass", "");
            }
        }
    }

    @Test
    void aServerThatKeepsNoAppendOnlyFileIsRefusedUnlessThatIsAccepted() {
        set(Map.of("appendonly", "no"));

        assertThat(refused(() -> RedisStore.open(process.url()))).hasMessageContaining("appendonly yes");
        RedisStore.builder(process.url()).acceptLosingMessages().open().close();
    }

    @Test
    void aServerThatEvictsAnyKeyIsRefused() {
        set(Map.of("maxmemory", "100mb", "maxmemory-policy", "allkeys-lru"));

        assertThat(refused(() -> RedisStore.open(process.url()))).hasMessageContaining("allkeys-lru");
    }

    @Test
    void appendFsyncAlwaysIsRequiredWhereTheHostSaysSo() {
        RedisStoreBuilder builder = RedisStore.builder(process.url()).requireAppendFsyncAlways();

        assertThat(refused(builder::open)).hasMessageContaining("appendfsync everysec; always is required");
        set(Map.of("appendfsync", "always"));
        builder.open().close();
    }

    @Test
    void aServerThatDoesNotTellItsSettingsIsTakenUnlessTheyAreRequired() {
        try (Jedis jedis = new Jedis("127.0.0.1", process.port())) {
            jedis.aclSetUser("host", "on", ">pw", "~*", "&*", "+@all", "-config");
        }
        String url = "redis://host:pw@127.0.0.1:" + process.port();

        RedisStore.open(url).close();
        assertThat(refused(
                        () -> RedisStore.builder(url).requireAppendFsyncAlways().open()))
                .hasMessageContaining("CONFIG GET is not allowed");
    }

    @Test
    void closingTheStoreLeavesTheHostsClientOpen() {
        try (RedisClient client = RedisClient.create(process.url())) {
            RedisStore store = RedisStore.of(client);
            store.close();

            assertThat(client.ping()).isEqualTo("PONG");
            assertThat(refused(() -> store.log().epoch()).retryable()).isFalse();
        }
    }

    @Test
    void storesOfDifferentPrefixesShareAServer() {
        try (RedisStore one = RedisStore.builder(process.url()).prefix("one:").open();
                RedisStore other =
                        RedisStore.builder(process.url()).prefix("other:").open()) {
            one.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT);

            assertThat(other.memberships().find(DIRECT)).isEmpty();
            assertThat(other.log().epoch()).isNotEqualTo(one.log().epoch());
        }
    }

    @Test
    void aServerThatCameBackEmptyHasAnotherEpochAndARestoredOneGetsOneWhenTold() {
        RedisStoreBuilder builder = RedisStore.builder(process.url()).prefix("epochs:");
        try (RedisStore store = builder.open()) {
            String first = store.log().epoch();
            try (Jedis jedis = new Jedis("127.0.0.1", process.port())) {
                jedis.flushAll();
            }
            String second = store.log().epoch();
            assertThat(second).isNotEqualTo(first).isEqualTo(store.log().epoch());
            try (RedisStore renewed = builder.newEpoch().open()) {
                assertThat(renewed.log().epoch())
                        .isNotEqualTo(second)
                        .isEqualTo(store.log().epoch());
            }
        }
    }

    private static StoreException refused(ThrowingCallable call) {
        StoreException[] refused = new StoreException[1];
        assertThatExceptionOfType(StoreException.class).isThrownBy(call).satisfies(e -> refused[0] = e);
        return refused[0];
    }

    private static void set(Map<String, String> settings) {
        try (Jedis jedis = new Jedis("127.0.0.1", process.port())) {
            jedis.configSet(settings);
        }
    }
}
