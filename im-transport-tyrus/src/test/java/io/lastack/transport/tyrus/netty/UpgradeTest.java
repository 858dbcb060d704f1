package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {

    @Test
    void aGoodHandshakeIsAnsweredAsTheStandardSaysAndTheEndpointEchoes() throws Exception {
        try (var server = new TestServer();
                var client = server.connect()) {
            client.handshake("/echo", "");
            var answer = client.response();
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.headers())
                    .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .containsEntry("upgrade", "websocket")
                    .doesNotContainKeys("content-length", "sec-websocket-protocol", "sec-websocket-extensions");
            client.text("grüß dich");
            assertThat(client.frame().text()).isEqualTo("grüß dich");
        }
    }

    @Test
    void theFirstSubprotocolOfferedThatIsKnownIsChosenEvenIfOfferedInTwoLines() throws Exception {
        try (var server = new TestServer();
                var client = server.connect()) {
            client.handshake("/echo", "Sec-WebSocket-Protocol: zeroth , first\r\nSec-WebSocket-Protocol: second\r\n");
            assertThat(client.response().headers()).containsEntry("sec-websocket-protocol", "first");
        }
    }

    @Test
    void anExtensionIsNeverNegotiated() throws Exception {
        try (var server = new TestServer();
                var client = server.connect()) {
            client.handshake("/echo", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
            var answer = client.response();
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.headers()).doesNotContainKey("sec-websocket-extensions");
        }
    }

    @Test
    void theGateSeesTheRequestAndItsPropertiesReachTheSession() throws Exception {
        var seen = new CompletableFuture<Opening>();
        Gate gate = opening -> {
            seen.complete(opening);
            return CompletableFuture.completedFuture(new Admission.Admitted(Map.of("who", "alice")));
        };
        try (var server = new TestServer(gate);
                var client = server.connect()) {
            client.handshake("/guarded?device=web%2D1&x=", "authorization: Bearer abc\r\n");
            assertThat(client.response().status()).isEqualTo(101);
            assertThat(seen.join().header("Authorization")).contains("Bearer abc");
            assertThat(seen.join().parameter("device")).contains("web-1");
            assertThat(seen.join().client().getPort()).isEqualTo(client.localPort());
            assertThat(seen.join()).asString().doesNotContain("abc");
            var session = TestServer.next(server.guarded.sessions);
            assertThat(session.getUserProperties()).containsEntry("who", "alice");
            assertThat(PacketChannel.of(session).orElseThrow().client().getPort())
                    .isEqualTo(client.localPort());
        }
    }

    @Test
    void whatAGateSaysLateOnAnotherThreadCountsAsWell() throws Exception {
        var later = new CompletableFuture<Admission>();
        try (var server = new TestServer(opening -> later);
                var client = server.connect()) {
            client.handshake("/guarded", "");
            later.completeAsync(() -> new Admission.Admitted(Map.of()));
            assertThat(client.response().status()).isEqualTo(101);
            client.text("late");
            assertThat(client.frame().text()).isEqualTo("late");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 426, 429, 503})
    void whoIsRefusedAndSpeaksAnywayIsNotServed(int status) throws Exception {
        var refusal = new Admission.Refused(status, "not you", 7);
        try (var server = new TestServer(TestServer.verdict(refusal));
                var client = server.connect()) {
            client.handshake("/guarded", "");
            var answer = client.response();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo("not you\n");
            assertThat(answer.headers()).containsEntry("connection", "close").containsEntry("retry-after", "7");
            client.text("let me in");
            assertThat(client.isEnded()).isTrue();
            assertThat(server.guarded.opened).hasValue(0);
        }
    }

    @Test
    void whoIsRefusedMustConnectAnewToAskAgain() throws Exception {
        var refusal = new Admission.Refused(401, "not you");
        try (var server = new TestServer(TestServer.verdict(refusal));
                var client = server.connect()) {
            client.handshake("/guarded", "");
            assertThat(client.response().status()).isEqualTo(401);
            client.handshake("/echo", "");
            client.text("let me in");
            assertThat(client.isEnded()).isTrue();
            client.close();
            try (var other = server.upgraded()) {
                other.text("served");
                assertThat(other.frame().text()).isEqualTo("served");
            }
            assertThat(server.echo.opened).hasValue(1);
        }
    }

    @Test
    void whoDoesNotWaitForTheVerdictIsNotServed() throws Exception {
        var later = new CompletableFuture<Admission>();
        try (var server = new TestServer(opening -> later);
                var client = server.connect()) {
            client.handshake("/guarded", "");
            client.text("too early");
            later.complete(new Admission.Refused(401, "no token"));
            assertThat(client.response().status()).isEqualTo(401);
            assertThat(client.isEnded()).isTrue();
            assertThat(server.guarded.messages).hasValue(0);
        }
    }

    @Test
    void aGateThatFailsRefusesWith503() throws Exception {
        Gate throwing = opening -> {
            throw new IllegalStateException("by intention of the test");
        };
        for (var gate : new Gate[] {throwing, opening -> CompletableFuture.failedFuture(new IOException("likewise"))}) {
            try (var server = new TestServer(gate);
                    var client = server.connect()) {
                client.handshake("/guarded", "");
                assertThat(client.response().status()).isEqualTo(503);
                assertThat(client.isEnded()).isTrue();
            }
        }
    }

    @Test
    void refusalsSayWhatTheStandardAsksForBesides() throws Exception {
        var expected = new HashMap<Integer, Map<String, String>>();
        expected.put(401, Map.of("www-authenticate", "Bearer"));
        expected.put(426, Map.of("upgrade", "websocket", "sec-websocket-version", "13"));
        for (var entry : expected.entrySet()) {
            var refusal = new Admission.Refused(entry.getKey(), "no");
            try (var server = new TestServer(TestServer.verdict(refusal));
                    var client = server.connect()) {
                client.handshake("/guarded", "");
                assertThat(client.response().headers()).containsAllEntriesOf(entry.getValue());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | GET /nowhere HTTP/1.1 | Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13, KEY",
                "426 | GET /echo HTTP/1.1    | Accept: */*",
                "426 | GET /echo HTTP/1.1    | Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 8, KEY",
                "426 | GET /echo HTTP/1.1    | Upgrade: websocket, Connection: keep-alive, Sec-WebSocket-Version: 13, KEY",
                "400 | GET /echo HTTP/1.1    | Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13",
                "400 | GET /echo HTTP/1.1    | Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13, Sec-WebSocket-Key: c2hvcnQ=",
                "400 | GET /echo HTTP/1.1    | Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13, Sec-WebSocket-Key: !!",
                "400 | GET /echo HTTP/1.0    | Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13, KEY",
                "400 | POST /echo HTTP/1.1   | Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13, KEY",
                "400 | GET /echo?%zz HTTP/1.1 | Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13, KEY",
                "403 | GET /echo HTTP/1.1    | Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13, KEY, Origin: http://evil.example",
                "101 | GET /echo HTTP/1.1    | Upgrade: WebSocket, Connection: keep-alive; Upgrade, Sec-WebSocket-Version: 13, KEY, Origin: https://localhost",
            })
    void aHandshakeIsTakenOnlyInTheFormOfTheStandard(int status, String line, String headers) throws Exception {
        try (var server = new TestServer();
                var client = server.connect()) {
            var request = new StringBuilder(line).append("\r\nHost: localhost\r\n");
            for (var header : headers.split(", ", -1)) {
                var text = header.strip().equals("KEY")
                        ? "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                        : header.replace(';', ',');
                request.append(text).append("\r\n");
            }
            client.ascii(request.append("\r\n").toString());
            var answer = client.response();
            assertThat(answer.status()).isEqualTo(status);
            if (status != 101) {
                client.text("hello?");
                assertThat(client.isEnded()).isTrue();
                assertThat(server.echo.opened).hasValue(0);
            }
        }
    }

    @Test
    void twoHostHeadersAreRefused() throws Exception {
        try (var server = new TestServer();
                var client = server.connect()) {
            client.handshake("/echo", "Host: localhost\r\n");
            assertThat(client.response().status()).isEqualTo(400);
        }
    }
}
