package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.ImEngineBuilder;
import io.lastack.ImRuntime;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.proto.WireCodec;
import io.lastack.session.FrameKind;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.RateLimiter.Verdict;
import io.lastack.spi.UserContext;
import io.lastack.transport.tyrus.EndpointContract.Container;
import io.lastack.transport.tyrus.netty.RawClient;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is refused and speaks anyway is not served, whoever carries the endpoint, by whatever it says. */
class RefusedClientsTest {
    private static final String HELLO =
            "{\"frames\":[{\"requestId\":1,\"hello\":{\"token\":\"mallory\",\"deviceId\":\"m\"}}]}";

    @TempDir
    private Path folder;

    private final ImRuntime runtime = ImRuntime.system();

    /** Whose tokens were accepted. */
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    private ImEngine engine = engine(with -> with);
    private AutoCloseable container = () -> {};

    @BeforeAll
    static void quieten() {
        TomcatTest.quieten();
        StockTyrusTest.quieten();
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        container.close();
        runtime.close();
    }

    private ImEngine engine(UnaryOperator<ImEngineBuilder> wiring) {
        return wiring.apply(ImEngine.builder(MemoryStore.create())
                        .runtime(runtime)
                        .authenticator(credentials -> {
                            if (credentials.token().equals("bad")) {
                                return new AuthOutcome.Rejected("the token is not valid");
                            }
                            accepted.add(credentials.token());
                            return new AuthOutcome.Accepted(UserContext.of(UserId.of(credentials.token())));
                        }))
                .build();
    }

    private int start(ServedBy by) throws Exception {
        Container started = by.start(engine, folder);
        container = started.stop();
        return started.port();
    }

    /** The status where it can be given before the upgrade, the close code where only after it. */
    @ParameterizedTest
    @CsvSource({
        "TYRUS_SERVER, 401, 403, 401",
        "TOMCAT,      4401, 403, 4401",
        "JETTY,       4401, 403, 4401",
        "STOCK_TYRUS, 4401, 403, 4401",
    })
    void aBadTokenAForeignPageAndARevokedTokenAreRefused(ServedBy by, int badToken, int foreign, int revoked)
            throws Exception {
        int port = start(by);
        engine.sessions().revoke(UserId.of("carol"), System.currentTimeMillis());

        refused(port, "?device=m", "Authorization: Bearer bad\r\n", badToken);
        refused(port, "", "Origin: https://evil.example\r\n", foreign);
        assertThat(accepted).isEmpty();
        refused(port, "?device=c1", "Authorization: Bearer carol\r\n", revoked);
        assertThat(accepted).containsExactly("carol");
    }

    @ParameterizedTest
    @CsvSource({"TYRUS_SERVER, 4429", "TOMCAT, 4429", "JETTY, 4429", "STOCK_TYRUS, 4429"})
    void loginsOverTheLimitOfAnAddressAreRefused(ServedBy by, int code) throws Exception {
        engine = engine(with -> with.rateLimiter(attempt ->
                attempt.kind() == FrameKind.LOGIN ? Verdict.exceeded("60 logins a minute", 1_000) : Verdict.ALLOWED));
        refused(start(by), "?device=m", "Authorization: Bearer mallory\r\n", code);
        assertThat(engine.sessions().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"TYRUS_SERVER, 1001", "TOMCAT, 1001", "JETTY, 1001", "STOCK_TYRUS, 1001"})
    void whoComesWhileTheNodeGoesAwayIsRefused(ServedBy by, int code) throws Exception {
        int port = start(by);
        engine.drain(Duration.ZERO).toCompletableFuture().join();
        refused(port, "", "", code);
        assertThat(accepted).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429, 100, 1", "503, 1, 100"})
    void connectionsOverALimitAreRefused(int status, int connections, int perAddress) throws Exception {
        try (var server = TyrusServer.builder(engine)
                        .host("127.0.0.1")
                        .port(0)
                        .maxConnections(connections)
                        .maxConnectionsPerAddress(perAddress)
                        .start();
                var first = WireClient.greeted(server.port(), WireCodec.JSON, "alice", "a1")) {
            refused(server.port(), "?device=m", "Authorization: Bearer mallory\r\n", status);
            assertThat(accepted).containsExactly("alice");
            first.send(WireClient.message(5, "user:bob", "m", "served"));
            assertThat(first.next(ServerFrame.Reply.class)).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPageThatIsListedMayConnect(ServedBy by) throws Exception {
        try (var client = WireClient.connect(start(by), WireCodec.JSON, "", "Origin: " + ServedBy.FRIEND + "\r\n")) {
            client.send(WireClient.hello("alice", "a1"));
            assertThat(client.next(ServerFrame.Welcome.class).user()).isEqualTo("alice");
        }
    }

    @Test
    void aTokenThatIsRevokedForOneDeviceIsGoodForAnother() throws Exception {
        int port = start(ServedBy.TYRUS_SERVER);
        engine.sessions().revoke(UserId.of("carol"), DeviceId.of("lost"), System.currentTimeMillis());
        refused(port, "?device=lost", "Authorization: Bearer carol\r\n", 401);
        try (var found = WireClient.connect(port, WireCodec.JSON, "?device=found", "Authorization: Bearer carol\r\n")) {
            assertThat(found.next(ServerFrame.Welcome.class).user()).isEqualTo("carol");
        }
    }

    /**
     * Asks to upgrade and is refused; says hello all the same, in a frame and, where there is no WebSocket, by asking again;
     * and gets no answer but the end.
     *
     * @param expected an HTTP status, or above 999 a close code
     */
    private static void refused(int port, String query, String headers, int expected) throws Exception {
        try (var client = new RawClient(port)) {
            client.handshake("/im" + query, headers);
            int status = client.response().status();
            assertThat(status).isEqualTo(expected > 999 ? 101 : expected);
            if (status == 101) {
                assertThat(client.frame().closeCode()).isEqualTo(expected);
            }
            speakOn(client, status == 101);
            assertThat(client.untilEnd()).doesNotContain("welcome", " 101 ");
        }
    }

    private static void speakOn(RawClient client, boolean overWebSocket) throws Exception {
        try {
            client.text(HELLO);
            if (overWebSocket) {
                client.text(HELLO);
                client.close(1000);
            } else {
                client.handshake("/im?device=m", "Authorization: Bearer mallory\r\n");
            }
            client.shutdown();
        } catch (SocketException e) {
            // Cut off already: nothing can be served.
        }
    }
}
