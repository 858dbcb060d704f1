package io.lastack.transport.tyrus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.UserContext;
import io.lastack.transport.tyrus.netty.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server-sent events and the requests beside them, byte by byte. */
class EventStreamTest {

    private static final String REQUEST = " /im/sse HTTP/1.1\r\nHost: x\r\n";
    private static final String EMPTY = "{\"frames\":[]}";

    private final ImRuntime runtime = ImRuntime.system();
    private ImEngine engine = engine(options -> options);
    private TyrusServer server = serve();

    private ImEngine engine(UnaryOperator<EngineOptions> options) {
        return ImEngine.builder(MemoryStore.create())
                .runtime(runtime)
                .options(options.apply(EngineOptions.defaults().withMaxPacketBytes(100_000)))
                .authenticator(credentials -> credentials.token().equals("bad")
                        ? new AuthOutcome.Rejected("the token is not valid")
                        : new AuthOutcome.Accepted(UserContext.of(UserId.of(credentials.token()))))
                .build();
    }

    private TyrusServer serve() {
        return TyrusServer.builder(engine)
                .host("127.0.0.1")
                .port(0)
                .maxHttpBody(2_000)
                .maxConnectionsPerAddress(8)
                .closeTimeout(Duration.ofSeconds(1))
                .trustedProxies(Set.of("127.0.0.1"))
                .origins(Set.of("https://friend.example"))
                .start();
    }

    @AfterEach
    void stop() {
        engine.close();
        server.close();
        runtime.close();
    }

    @Test
    void aStreamIsNamedUnguessablyAndNotKeptByAnybodyOnTheWay() throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            try (var stream = new Stream("", "X-Forwarded-For: 198.51.100." + i + "\r\n")) {
                assertThat(stream.head.headers())
                        .containsEntry("content-type", "text/event-stream")
                        .containsEntry("cache-control", "no-store");
                assertThat(stream.id).matches("[A-Za-z0-9_-]{43}");
                names.add(stream.id);
            }
        }
        assertThat(names).hasSize(20);
    }

    @Test
    void aHelloIsAnsweredInTheStreamAndThePacketOnlyWith204() throws Exception {
        try (var stream = new Stream()) {
            assertThat(post(stream.id, 1, "alice", hello("alice"))).isEqualTo(204);
            assertThat(stream.event()).startsWith("data: {\"frames\":[{\"welcome\":");
            assertThat(engine.presence().isOnline(UserId.of("alice"))).isTrue();
        }
        EndpointContract.await(() -> !engine.presence().isOnline(UserId.of("alice")));
    }

    @Test
    void aStreamOpenedWithATokenNeedsNoHelloAndServesNobodyWithoutIt() throws Exception {
        try (var stream = new Stream("?device=a1", "Authorization: Bearer alice\r\n")) {
            assertThat(stream.event()).contains("welcome");
            assertThat(post(stream.id, 1, "mallory", ping(2))).isEqualTo(404);
            assertThat(post(stream.id, 1, null, ping(2))).isEqualTo(404);
            assertThat(post("x".repeat(43), 1, "alice", ping(2))).isEqualTo(404);
            assertThat(post(stream.id, 1, "alice", ping(2))).isEqualTo(204);
            assertThat(stream.event()).contains("\"requestId\":2");
        }
    }

    @Test
    void aStreamBelongsToTheTokenOfItsFirstHello() throws Exception {
        try (var stream = new Stream()) {
            assertThat(post(stream.id, 1, null, hello("alice"))).isEqualTo(204);
            assertThat(stream.event()).contains("welcome");
            assertThat(post(stream.id, 2, null, hello("mallory"))).isEqualTo(404);
            assertThat(delete(stream.id, null)).isEqualTo(404);
            assertThat(delete(stream.id, "alice")).isEqualTo(204);
            assertThat(stream.closeCode()).isEqualTo(1000);
            assertThat(stream.raw.isEnded()).isTrue();
        }
    }

    @Test
    void aPacketSentTwiceCountsOnceAndOneThatIsMissingEndsTheStreamWith1002() throws Exception {
        try (var stream = new Stream()) {
            post(stream.id, 1, "alice", hello("alice"));
            for (int i = 0; i < 3; i++) {
                assertThat(post(stream.id, 2, "alice", ping(2))).isEqualTo(204);
            }
            assertThat(post(stream.id, 3, "alice", ping(3))).isEqualTo(204);
            var answers = stream.event();
            while (!answers.contains("\"requestId\":3")) {
                answers += stream.event();
            }
            assertThat(answers).containsOnlyOnce("\"requestId\":2");
            assertThat(post(stream.id, 5, "alice", EMPTY)).isEqualTo(409);
            assertThat(stream.closeCode()).isEqualTo(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "1.5", "", "99999999999999999999"})
    void aPacketWithoutAProperNumberIsRefused(String number) throws Exception {
        try (var stream = new Stream();
                var client = new RawClient(server.port())) {
            client.ascii("POST" + REQUEST + "LastAck-Stream: " + stream.id + "\r\nLastAck-Packet: " + number
                    + "\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.response().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | ?protocol=lastack.v9 | Accept: */*",
                "400 | ?device=a%20b | Authorization: Bearer alice",
                "401 |               | Authorization: Bearer bad",
                "401 |               | Authorization: Basic YWxpY2U6eA==",
                "403 |               | Origin: https://evil.example",
                "400 |               | Host: two",
            })
    void whoIsRefusedIsRefusedBeforeTheStreamAndThenNotServed(int status, @Nullable String query, String header)
            throws Exception {
        try (var client = new RawClient(server.port())) {
            client.ascii(
                    "GET /im/sse" + (query == null ? "" : query) + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(status);
            client.ascii("GET" + REQUEST + "\r\n");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void onlyWhoHasAStreamMaySendMuchAndNobodyMoreThanAPacket() throws Exception {
        try (var stream = new Stream()) {
            post(stream.id, 1, "alice", hello("alice"));
            var spaces = " ".repeat(90_000);
            assertThat(post("x".repeat(43), 2, "alice", spaces)).isEqualTo(413);
            assertThat(post(stream.id, 2, "mallory", spaces)).isEqualTo(413);
            assertThat(post(stream.id, 2, "alice", "{\"frames\":[" + spaces + "]}"))
                    .isEqualTo(204);
            assertThat(post(stream.id, 3, "alice", " ".repeat(100_001))).isEqualTo(413);
            assertThat(stream.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aPacketThatIsNoneClosesWith1002AndTextThatIsNoUtf8With1007() throws Exception {
        try (var stream = new Stream()) {
            assertThat(post(stream.id, 1, null, "{\"frames\":")).isEqualTo(204);
            assertThat(stream.closeCode()).isEqualTo(1002);
        }
        try (var stream = new Stream()) {
            post(stream.id, 1, null, "{\"\u00c0\u00af\":1}".getBytes(ISO_8859_1));
            assertThat(stream.closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void whoAnswersPingsStaysAndWhoDoesNotIsGivenUp() throws Exception {
        engine.close();
        server.close();
        engine = engine(options -> options.withHeartbeat(Duration.ofMillis(500)));
        server = serve();
        try (var silent = new Stream("?device=b1", "Authorization: Bearer bob\r\n");
                var alive = new Stream("?device=a1", "Authorization: Bearer alice\r\n");
                var requests = new RawClient(server.port())) {
            int pings = 0;
            while (pings < 6) {
                if (alive.event().startsWith("event: ping")) {
                    requests.ascii("POST" + REQUEST + "LastAck-Stream: " + alive.id
                            + "\r\nAuthorization: Bearer alice\r\nContent-Length: 0\r\n\r\n");
                    assertThat(requests.response().status()).isEqualTo(204);
                    pings++;
                }
            }
            EndpointContract.await(() -> !engine.presence().isOnline(UserId.of("bob")));
            assertThat(engine.presence().isOnline(UserId.of("alice"))).isTrue();
            assertThat(silent.raw.end()).isNotEqualTo("open");
        }
    }

    @Test
    void aServerThatStopsSaysSoInEveryStream() throws Exception {
        try (var stream = new Stream()) {
            server.close();
            assertThat(stream.closeCode()).isEqualTo(1001);
            assertThat(stream.raw.isEnded()).isTrue();
        }
    }

    @Test
    void bytesOnTheConnectionOfAStreamEndIt() throws Exception {
        try (var stream = new Stream()) {
            stream.raw.ascii("GET" + REQUEST + "\r\n");
            assertThat(stream.raw.end()).isEqualTo("reset");
        }
    }

    @Test
    void aProxyThatSpeaksHttp10GetsTheStreamAsWell() throws Exception {
        try (var client = new RawClient(server.port())) {
            client.ascii("GET /im/sse?device=a1 HTTP/1.0\r\nHost: x\r\nAuthorization: Bearer alice\r\n\r\n");
            var head = client.response();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).doesNotContainKey("transfer-encoding").containsEntry("connection", "close");
            assertThat(client.event()).contains("event: open");
            assertThat(client.event()).contains("welcome");
        }
    }

    @Test
    void streamsCountForTheirClientBehindAProxy() throws Exception {
        var streams = new ArrayList<Stream>();
        for (int i = 0; i < 8; i++) {
            streams.add(new Stream("", "X-Forwarded-For: 198.51.100.1\r\n"));
        }
        try (var client = new RawClient(server.port());
                var other = new Stream("", "X-Forwarded-For: 198.51.100.2\r\n")) {
            client.ascii("GET" + REQUEST + "X-Forwarded-For: 198.51.100.1\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(429);
            assertThat(other.id).isNotBlank();
        }
        for (var stream : streams) {
            stream.close();
        }
    }

    @Test
    void aPageOfAPermittedOriginMayReadTheAnswersAndNoOther() throws Exception {
        try (var client = new RawClient(server.port())) {
            client.ascii("OPTIONS" + REQUEST + "Origin: https://friend.example\r\n\r\n");
            var preflight = client.response();
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.headers())
                    .containsEntry("access-control-allow-origin", "https://friend.example")
                    .hasEntrySatisfying(
                            "access-control-allow-headers",
                            names -> assertThat(names).contains("Authorization", "LastAck-Stream"));
            client.ascii("OPTIONS" + REQUEST + "Origin: https://evil.example\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(403);
        }
        try (var stream = new Stream("", "Origin: https://friend.example\r\n")) {
            assertThat(stream.head.headers()).containsEntry("access-control-allow-origin", "https://friend.example");
        }
    }

    @Test
    void aServerMayOfferNoStreams() throws Exception {
        try (var plain = TyrusServer.builder(engine)
                        .host("127.0.0.1")
                        .port(0)
                        .eventStream(false)
                        .start();
                var client = new RawClient(plain.port())) {
            client.ascii("GET" + REQUEST + "\r\n");
            assertThat(client.response().status()).isEqualTo(404);
        }
    }

    private int post(String id, long number, @Nullable String token, String body) throws IOException {
        return post(id, number, token, body.getBytes(UTF_8));
    }

    private int post(String id, long number, @Nullable String token, byte[] body) throws IOException {
        try (var client = new RawClient(server.port())) {
            client.ascii("POST" + REQUEST + "LastAck-Stream: " + id + "\r\nLastAck-Packet: " + number + "\r\n"
                    + authorization(token) + "Content-Length: " + body.length + "\r\n\r\n");
            client.bytes(body);
            return client.response().status();
        }
    }

    private int delete(String id, @Nullable String token) throws IOException {
        try (var client = new RawClient(server.port())) {
            client.ascii("DELETE" + REQUEST + "LastAck-Stream: " + id + "\r\n" + authorization(token) + "\r\n");
            return client.response().status();
        }
    }

    private static String authorization(@Nullable String token) {
        return token == null ? "" : "Authorization: Bearer " + token + "\r\n";
    }

    private static String hello(String user) {
        return "{\"frames\":[{\"requestId\":1,\"hello\":{\"token\":\"" + user + "\",\"deviceId\":\"d1\"}}]}";
    }

    private static String ping(long requestId) {
        return "{\"frames\":[{\"requestId\":" + requestId + ",\"ping\":{}}]}";
    }

    /** A stream that is open. */
    private final class Stream implements AutoCloseable {

        final RawClient raw = new RawClient(server.port());
        final RawClient.Response head;
        final String id;

        Stream() throws IOException {
            this("", "");
        }

        Stream(String query, String headers) throws IOException {
            raw.ascii("GET /im/sse" + query + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
            head = raw.response();
            assertThat(head.status()).isEqualTo(200);
            var open = raw.event();
            assertThat(open).contains("event: open\ndata: ");
            id = open.substring(open.indexOf("data: ") + 6);
        }

        String event() throws IOException {
            return raw.event();
        }

        /** The code of the event that ends the stream; others before it are passed over. */
        int closeCode() throws IOException {
            var event = event();
            while (!event.startsWith("event: close\ndata: ")) {
                event = event();
            }
            return Integer.parseInt(
                    event.substring("event: close\ndata: ".length()).split(" ", 2)[0]);
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }
}
