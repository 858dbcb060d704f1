package io.lastack.transport.tyrus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.UserContext;
import io.lastack.transport.tyrus.netty.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may expect of the endpoint, whichever container carries it. */
abstract class EndpointContract {

    /** Whose tokens were good. */
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    private final ImRuntime runtime = ImRuntime.system();
    private AutoCloseable container = () -> {};
    ImEngine engine = engine(options -> options);

    /** Deploys the endpoint at {@code /im} on a free port of the loop-back interface. */
    abstract Container start(ImEngine engine) throws Exception;

    record Container(int port, AutoCloseable stop) {}

    /** Starts the container over an engine whose tokens are the names of the users, except "bad". */
    int start(UnaryOperator<EngineOptions> options) throws Exception {
        engine = engine(options);
        var started = start(engine);
        container = started.stop();
        return started.port();
    }

    int start() throws Exception {
        return start(options -> options);
    }

    private ImEngine engine(UnaryOperator<EngineOptions> options) {
        return ImEngine.builder(MemoryStore.create())
                .runtime(runtime)
                .options(options.apply(EngineOptions.defaults()))
                .authenticator(credentials -> credentials.token().equals("bad")
                        ? new AuthOutcome.Rejected("the token is not valid")
                        : accept(credentials.token()))
                .build();
    }

    private AuthOutcome accept(String user) {
        accepted.add(user);
        return new AuthOutcome.Accepted(UserContext.of(UserId.of(user)));
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        container.close();
        runtime.close();
    }

    @ParameterizedTest
    @CsvSource({
        "lastack.v1.json, lastack.v1.json",
        "lastack.v1.proto, lastack.v1.proto",
        "lastack.v1.json, lastack.v1.proto",
    })
    void twoClientsSendAndReceiveInWhicheverCodecEachSpeaks(String sender, String receiver) throws Exception {
        int port = start();
        try (var alice = WireClient.greeted(port, WireCodec.of(sender).orElseThrow(), "alice", "a1");
                var bob = WireClient.greeted(port, WireCodec.of(receiver).orElseThrow(), "bob", "b1")) {
            for (int i = 1; i <= 20; i++) {
                alice.send(WireClient.message(100 + i, "user:bob", "m" + i, "grüß dich " + i));
            }
            for (int i = 1; i <= 20; i++) {
                var reply = alice.next(ServerFrame.Reply.class);
                while (reply.requestId() < 100) {
                    reply = alice.next(ServerFrame.Reply.class);
                }
                assertThat(reply.status().code()).as(reply.status().message()).isEqualTo(200);
                assertThat(reply.result()).isInstanceOf(Result.Send.class);
            }
            long seq = 0;
            while (seq < 20) {
                for (var message : bob.next(ServerFrame.Deliver.class).messages()) {
                    seq++;
                    assertThat(message.seq()).isEqualTo(seq);
                    assertThat(message.content().payload().asText()).isEqualTo("grüß dich " + seq);
                }
            }
            bob.send(new ClientFrame.Ack(List.of(new ClientFrame.Position("direct:alice~bob", seq)), List.of()));
            bob.send(new ClientFrame.Read(7, "user:alice", seq));
            var receipt = alice.next(ServerFrame.Receipt.class);
            while (receipt.lastRead() < seq) {
                receipt = alice.next(ServerFrame.Receipt.class);
            }
            assertThat(receipt.user()).isEqualTo(UserId.of("bob"));
        }
    }

    @Test
    void aLargePacketInManyFragmentsIsOnePacket() throws Exception {
        int port = start();
        try (var alice = WireClient.greeted(port, WireCodec.JSON, "alice", "a1")) {
            var text = "ü".repeat(20_000);
            var packet =
                    ("{\"frames\":[{\"requestId\":9,\"send\":{\"conversation\":\"user:bob\",\"clientMessageId\":\"m\","
                                    + "\"type\":\"text\",\"text\":\"" + text + "\"}}]}")
                            .getBytes(UTF_8);
            int piece = 999; // odd, so that it cuts characters in two
            for (int at = 0; at < packet.length; at += piece) {
                var part = java.util.Arrays.copyOfRange(packet, at, Math.min(packet.length, at + piece));
                alice.raw.frame((at == 0 ? 1 : 0) | (at + piece >= packet.length ? 0x80 : 0), part);
            }
            var reply = alice.next(ServerFrame.Reply.class);
            while (reply.requestId() != 9) {
                reply = alice.next(ServerFrame.Reply.class);
            }
            assertThat(reply.status().code()).as(reply.status().message()).isEqualTo(200);
        }
    }

    @Test
    void withNoSubprotocolOfferedJsonIsSpoken() throws Exception {
        int port = start();
        try (var client = new RawClient(port)) {
            client.handshake("/im", "");
            var answer = client.response();
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.headers()).doesNotContainKey("sec-websocket-protocol");
            client.text("{\"frames\":[{\"requestId\":1,\"hello\":{\"token\":\"alice\",\"deviceId\":\"a1\"}}]}");
            assertThat(client.frame().text()).contains("\"welcome\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lastack.v9, lastack.v1.json, lastack.v1.proto | lastack.v1.json",
                "lastack.v1.proto,lastack.v1.json | lastack.v1.proto",
            })
    void theFirstSubprotocolOfferedThatIsKnownIsSpoken(String offered, String chosen) throws Exception {
        int port = start();
        try (var client = new RawClient(port)) {
            client.handshake("/im", "Sec-WebSocket-Protocol: " + offered + "\r\n");
            assertThat(client.response().headers()).containsEntry("sec-websocket-protocol", chosen);
        }
    }

    @Test
    void aTokenInTheHandshakeWithADeviceInTheQueryNeedsNoHello() throws Exception {
        int port = start();
        try (var client =
                WireClient.connect(port, WireCodec.PROTO, "?device=web-1", "Authorization: Bearer alice\r\n")) {
            var welcome = client.next(ServerFrame.Welcome.class);
            assertThat(welcome.user()).isEqualTo("alice");
            assertThat(welcome.deviceId()).isEqualTo("web-1");
        }
    }

    @Test
    void aTokenInTheHandshakeAndADeviceInTheHelloGoTogether() throws Exception {
        int port = start();
        try (var client = WireClient.connect(port, WireCodec.JSON, "", "authorization: bearer alice\r\n")) {
            client.send(new ClientFrame.Hello(1, null, "web-2", List.of(), null, null));
            assertThat(client.next(ServerFrame.Welcome.class).deviceId()).isEqualTo("web-2");
        }
    }

    @Test
    void whoSaysNoHelloInTimeIsClosedWith4401() throws Exception {
        int port = start(options -> options.withHelloTimeout(Duration.ofMillis(200)));
        try (var client = WireClient.connect(port, WireCodec.JSON)) {
            var close = client.closed();
            assertThat(close.closeCode()).isEqualTo(4401);
            assertThat(close.closeReason()).isNotBlank();
        }
    }

    @Test
    void aBadTokenInTheHelloIsClosedWith4401() throws Exception {
        int port = start();
        try (var client = WireClient.connect(port, WireCodec.PROTO)) {
            client.send(WireClient.hello("bad", "a1"));
            assertThat(client.closed().closeCode()).isEqualTo(4401);
        }
    }

    /** Some containers refuse before the upgrade, others close after it; what is said meanwhile must reach nobody. */
    @Test
    void whoComesWithABadTokenIsNotServedWhateverIsSaidNext() throws Exception {
        int port = start();
        var hello = "{\"frames\":[{\"requestId\":1,\"hello\":{\"token\":\"mallory\",\"deviceId\":\"m\"}}]}";
        try (var client = new RawClient(port)) {
            client.handshake("/im?device=m", "Authorization: Bearer bad\r\n");
            int status = client.response().status();
            assertThat(status).isIn(101, 401);
            if (status == 101) {
                assertThat(client.frame().closeCode()).isEqualTo(4401);
            }
            try {
                client.text(hello);
                client.text("{\"frames\":[{\"requestId\":2,\"ping\":{}}]}");
                client.close(4401);
            } catch (java.net.SocketException e) {
                // Cut off already: nothing can be served.
            }
            assertThat(client.end()).isNotEqualTo("open");
        }
        assertThat(accepted).isEmpty();
    }

    @Test
    void theSameDeviceAgainReplacesTheOlderConnectionWith4409() throws Exception {
        int port = start();
        try (var older = WireClient.greeted(port, WireCodec.JSON, "alice", "a1");
                var newer = WireClient.greeted(port, WireCodec.PROTO, "alice", "a1")) {
            assertThat(older.closed().closeCode()).isEqualTo(4409);
            newer.send(new ClientFrame.Ping(5));
            assertThat(newer.next(ServerFrame.Reply.class).status().code()).isEqualTo(200);
        }
    }

    @Test
    void aPeerThatAnswersNoPingIsClosedWith4408() throws Exception {
        int port = start(options -> options.withHeartbeat(Duration.ofMillis(200)));
        try (var client = WireClient.greeted(port, WireCodec.JSON, "alice", "a1")) {
            assertThat(client.raw.frame().first()).isIn(RawClient.TEXT, RawClient.PING);
            assertThat(client.close(false).closeCode()).isEqualTo(4408);
        }
    }

    @Test
    void aPeerThatAnswersPingsStays() throws Exception {
        int port = start(options -> options.withHeartbeat(Duration.ofMillis(400)));
        try (var silent = WireClient.greeted(port, WireCodec.JSON, "alice", "a1");
                var alive = WireClient.greeted(port, WireCodec.JSON, "bob", "b1")) {
            int pings = 0;
            while (pings < 6) {
                var frame = alive.raw.frame();
                if (frame.first() == RawClient.PING) {
                    alive.raw.frame(RawClient.PONG, frame.payload());
                    pings++;
                }
            }
            assertThat(silent.close(false).closeCode()).isEqualTo(4408);
            alive.send(new ClientFrame.Ping(5));
            var reply = alive.next(ServerFrame.Reply.class);
            while (reply.requestId() != 5) {
                reply = alive.next(ServerFrame.Reply.class);
            }
            assertThat(reply.status().code()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"frames\":", "hello", "[]", "{\"frames\":7}"})
    void aPacketThatIsNoneIsClosedWith1002(String packet) throws Exception {
        int port = start();
        try (var client = WireClient.greeted(port, WireCodec.JSON, "alice", "a1")) {
            client.raw.text(packet);
            assertThat(client.closed().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void bytesThatAreNoProtobufAreClosedWith1002() throws Exception {
        int port = start();
        try (var client = WireClient.greeted(port, WireCodec.PROTO, "alice", "a1")) {
            client.raw.frame(RawClient.BINARY, new byte[] {0x0A, 0x7F, 1});
            assertThat(client.closed().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void theWrongKindOfMessageIsClosedWith1003() throws Exception {
        int port = start();
        try (var json = WireClient.greeted(port, WireCodec.JSON, "alice", "a1");
                var proto = WireClient.greeted(port, WireCodec.PROTO, "bob", "b1")) {
            json.raw.frame(RawClient.BINARY, "{}".getBytes(UTF_8));
            assertThat(json.closed().closeCode()).isEqualTo(1003);
            proto.raw.text("{}");
            assertThat(proto.closed().closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void textThatIsNoUtf8IsClosedWith1007() throws Exception {
        int port = start();
        try (var client = WireClient.greeted(port, WireCodec.JSON, "alice", "a1")) {
            client.raw.frame(RawClient.TEXT, new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'});
            assertThat(client.closed().closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void aPacketOverTheLimitIsClosedWith1009() throws Exception {
        int port = start(options -> options.withMaxPacketBytes(10_000));
        try (var json = WireClient.greeted(port, WireCodec.JSON, "alice", "a1");
                var proto = WireClient.greeted(port, WireCodec.PROTO, "bob", "b1")) {
            json.raw.frame(RawClient.TEXT, "x".repeat(10_001).getBytes(UTF_8));
            assertThat(json.closed().closeCode()).isEqualTo(1009);
            proto.raw.frame(RawClient.BINARY, new byte[10_001]);
            assertThat(proto.closed().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aClientThatGoesAwayIsOfflineAndMayComeBack() throws Exception {
        int port = start();
        try (var client = WireClient.greeted(port, WireCodec.JSON, "alice", "a1")) {
            client.raw.close(1000);
            assertThat(client.closed().closeCode()).isEqualTo(1000);
        }
        await(() -> !engine.presence().isOnline(UserId.of("alice")));
        try (var again = WireClient.greeted(port, WireCodec.JSON, "alice", "a1")) {
            assertThat(engine.presence().isOnline(UserId.of("alice"))).isTrue();
        }
    }

    @Test
    void anEngineThatDrainsClosesWith1001() throws Exception {
        int port = start();
        try (var client = WireClient.greeted(port, WireCodec.PROTO, "alice", "a1")) {
            engine.close();
            assertThat(client.closed().closeCode()).isEqualTo(1001);
        }
    }

    static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 10 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
