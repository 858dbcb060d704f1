package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.ImEngine;
import io.lastack.client.Connector;
import io.lastack.log.UserId;
import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import io.lastack.transport.tyrus.netty.RawClient;
import io.lastack.transport.tyrus.netty.TestKeys;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoint in our own server, and what only that can do. */
class TyrusServerTest extends EndpointContract {

    private @Nullable TyrusServer running;

    @Override
    Container start(ImEngine engine) {
        var server = TyrusServer.builder(engine)
                .host("127.0.0.1")
                .port(0)
                .ioThreads(2)
                .origins(Set.of("https://friend.example"))
                .routes(HttpRoutes.builder()
                        .get("/healthz", call -> HttpReply.text(200, "ok"))
                        .build())
                .start();
        running = server;
        return new Container(server.port(), server);
    }

    private int connections() {
        return running == null ? 0 : running.connections();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 |              | Sec-WebSocket-Protocol: lastack.v9, chat",
                "400 | ?device=a%20b | Authorization: Bearer alice",
                "401 | ?device=a1   | Authorization: Bearer bad",
                "401 |              | Authorization: Bearer bad",
                "401 |              | Authorization: Basic YWxpY2U6eA==",
                "401 |              | Authorization: Bearer",
                "403 |              | Origin: https://evil.example",
            })
    void whoIsRefusedIsRefusedBeforeTheUpgradeAndThenNotServed(int status, String query, String header)
            throws Exception {
        int port = start();
        try (var client = new RawClient(port)) {
            client.handshake("/im" + (query == null ? "" : query), header + "\r\n");
            var answer = client.response();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isNotBlank();
            client.text("{\"frames\":[{\"requestId\":1,\"hello\":{\"token\":\"mallory\",\"deviceId\":\"m\"}}]}");
            assertThat(client.isEnded()).isTrue();
            assertThat(engine.presence().isOnline(UserId.of("mallory"))).isFalse();
        }
    }

    @Test
    void aPageOfAnAllowedOriginMayConnect() throws Exception {
        try (var client = WireClient.connect(start(), WireCodec.JSON, "", "Origin: https://friend.example\r\n")) {
            client.send(WireClient.hello("alice", "a1"));
            assertThat(client.next(ServerFrame.Welcome.class).user()).isEqualTo("alice");
        }
    }

    @Test
    void plainRequestsAreServedBesides() throws Exception {
        try (var client = new RawClient(start())) {
            client.ascii("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("ok");
        }
    }

    @Test
    void clientsConnectOverTlsWithKeysFromFiles(@TempDir Path folder) throws Exception {
        start();
        var keys = TestKeys.create(folder);
        try (var server = TyrusServer.builder(engine)
                .host("localhost")
                .port(0)
                .tls(keys.certificateIn(folder), keys.keyIn(folder))
                .start()) {
            var uri = URI.create("wss://localhost:" + server.port() + "/im");
            var opened = new CompletableFuture<Connector.Link>();
            WebSocketConnector.to(
                            uri,
                            WireCodec.PROTO,
                            HttpClient.newBuilder()
                                    .sslContext(keys.clientContext())
                                    .build())
                    .connect(new Connector.Listener() {
                        @Override
                        public void opened(Connector.Link link) {
                            opened.complete(link);
                        }

                        @Override
                        public void received(List<ServerFrame> frames) {}

                        @Override
                        public void closed(CloseReason reason) {
                            opened.completeExceptionally(new AssertionError(reason));
                        }
                    });
            opened.get(10, TimeUnit.SECONDS).close();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TyrusServer.builder(engine).tls(folder.resolve("none"), folder.resolve("none")));
    }

    @Test
    void aConsumerThatTakesNothingIsClosedAndFreedAndHoldsUpNobody() throws Exception {
        int port = start(options -> options.withWindow(10_000, 64 << 20).withWriteTimeout(Duration.ofMillis(500)));
        try (var alice = WireClient.greeted(port, WireCodec.PROTO, "alice", "a1");
                var stuck = new RawClient(port, 4096)) {
            stuck.handshake("/im?device=b1", "Authorization: Bearer bob\r\n");
            assertThat(stuck.response().status()).isEqualTo(101);
            await(() -> engine.presence().isOnline(UserId.of("bob")));
            for (int i = 1; i <= 200; i++) {
                alice.send(WireClient.message(i + 1, "user:bob", "m" + i, "x".repeat(60_000)));
                assertThat(alice.next(ServerFrame.Reply.class).status().code()).isEqualTo(200);
            }
            // Some 500 kB each: more than sockets hold.
            for (int i = 1; i <= 30; i++) {
                var fetch = WireCodec.JSON.encode(new ClientFrame.Fetch(i, "user:alice", 0, 0, 200));
                stuck.frame(RawClient.TEXT, WireCodec.JSON.packet(List.of(fetch)));
            }
            await(() -> !engine.presence().isOnline(UserId.of("bob")));
            await(() -> connections() == 1);
        }
    }

    @Test
    void settingsOutOfRangeAreToldByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TyrusServer.builder(engine).port(70_000).start())
                .withMessageContaining("70000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TyrusServer.builder(engine).ioThreads(0).start())
                .withMessageContaining("ioThreads");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TyrusServer.builder(engine).path("im").start())
                .withMessageContaining("\"im\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TyrusServer.builder(engine).origins(Set.of("*")))
                .withMessageContaining("\"*\"");
    }

    @Test
    void aPortInUseIsToldByItsNumber() throws Exception {
        int port = start();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() ->
                        TyrusServer.builder(engine).host("127.0.0.1").port(port).start())
                .withMessageContaining(String.valueOf(port));
    }
}
