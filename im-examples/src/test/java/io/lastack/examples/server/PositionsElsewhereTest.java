package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.error.StoreException;
import io.lastack.examples.server.api.ApiOptions;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.mixed.MixedStore;
import io.lastack.proto.WireCodec;
import io.lastack.spi.ImStore;
import io.lastack.spi.RetentionPolicy;
import io.lastack.spi.Subscription;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.redis.RedisStore;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.transport.tyrus.JwtIssuer;
import io.lastack.transport.tyrus.WebSocketConnector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standalone server with {@code --positions-url}. */
class PositionsElsewhereTest {
    private static final String SECRET = "a secret of the tests, of 32 bytes and more";
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);

    @TempDir
    Path directory;

    @Test
    void positionsAreInTheRedisThatIsNamedAndMessagesAreNot() throws Exception {
        try (RedisProcess redis = RedisProcess.start(RedisVersion.REDIS_7, "--appendonly", "no")) {
            try (StandaloneServer server = start(redis.url(), null)) {
                talk(server);
            }

            try (RedisStore positions =
                    RedisStore.builder(redis.url()).acceptLosingMessages().open()) {
                assertBobHasRead(positions);
                assertThat(positions.log().heads(List.of(DIRECT))).isEmpty();
            }
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> start(redis.url().replace(String.valueOf(redis.port()), "1"), null));
            try (JdbcStore released = JdbcStore.open(file("im"))) {
                assertThat(released.log().heads(List.of(DIRECT))).containsEntry(DIRECT, 1L);
                assertThat(released.memberships()
                                .subscriptions(BOB, PHONE, List.of(DIRECT))
                                .get(0)
                                .lastRead())
                        .isZero();
            }
        }
    }

    @Test
    void positionsMayBeInADatabaseOfTheirOwn() throws Exception {
        try (StandaloneServer server = start(file("positions"), "sa")) {
            talk(server);
        }

        try (JdbcStore positions = JdbcStore.open(file("positions"), "sa", "")) {
            assertBobHasRead(positions);
            assertThat(positions.log().heads(List.of(DIRECT))).isEmpty();
        }
    }

    private void assertBobHasRead(ImStore positions) {
        try (JdbcStore log = JdbcStore.open(file("im"))) {
            Subscription bobs = MixedStore.of(log, positions)
                    .memberships()
                    .subscriptions(BOB, PHONE, List.of(DIRECT))
                    .get(0);
            assertThat(bobs.lastAck()).isEqualTo(1);
            assertThat(bobs.lastRead()).isEqualTo(1);
        }
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PositionsOptions(null, "me", null))
                .withMessageContaining("go with --positions-url");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PositionsOptions("redis://one", null, "secret"))
                .withMessageContaining("redis://USER:PASSWORD@HOST:PORT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PositionsOptions("redis-sentinel://one", null, null))
                .withMessageContaining("does not say by which name Sentinel knows the primary");
        PositionsOptions same = new PositionsOptions("jdbc:postgresql://db/im", "me", "secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> same.check("jdbc:postgresql://db/im"))
                .withMessageContaining("names the database of --db-url");
        same.check("redis://one");
        same.check(null);
        assertThat(same).hasToString("PositionsOptions[elsewhere]");
    }

    /** Alice sends a message, and bob has and reads it. */
    private static void talk(StandaloneServer server) throws Exception {
        CompletableFuture<Long> got = new CompletableFuture<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void message(Message message) {
                got.complete(message.seq());
            }
        };
        try (ImRuntime runtime = ImRuntime.system();
                ImClient bob = client(server, runtime, BOB, listener);
                ImClient alice = client(server, runtime, ALICE, new ClientListener() {})) {
            alice.send(BOB, Content.text("hi")).toCompletableFuture().get(30, TimeUnit.SECONDS);
            long seq = got.get(30, TimeUnit.SECONDS);
            bob.read(DIRECT, seq).toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static ImClient client(StandaloneServer server, ImRuntime runtime, UserId user, ClientListener listener) {
        URI address = URI.create("ws://localhost:" + server.port() + "/im");
        ImClient client = ImClient.builder(
                        runtime, WebSocketConnector.to(address, WireCodec.PROTO, HttpClient.newHttpClient()))
                .tokens(TokenSource.of(
                        JwtIssuer.hmac256(SECRET).issue(user, Instant.now().plusSeconds(3_600))))
                .device(PHONE)
                .listener(listener)
                .build();
        client.start();
        return client;
    }

    private String file(String name) {
        return "jdbc:h2:file:" + directory.toAbsolutePath().resolve(name);
    }

    private StandaloneServer start(String positionsUrl, String positionsUser) {
        return StandaloneServer.start(new ServerOptions(
                "localhost",
                0,
                directory,
                null,
                null,
                null,
                SECRET,
                false,
                List.of(),
                RetentionPolicy.EVERYTHING,
                ApiOptions.of(null, List.of(), ApiOptions.SYSTEM),
                NodeOptions.ALONE,
                null,
                EdgeOptions.plain(),
                false,
                RedisStoreOptions.USUAL,
                new PositionsOptions(positionsUrl, positionsUser, null)));
    }
}
