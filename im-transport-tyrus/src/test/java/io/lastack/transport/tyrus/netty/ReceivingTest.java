package io.lastack.transport.tyrus.netty;

import static io.lastack.transport.tyrus.netty.RawClient.BINARY;
import static io.lastack.transport.tyrus.netty.RawClient.PING;
import static io.lastack.transport.tyrus.netty.RawClient.PONG;
import static io.lastack.transport.tyrus.netty.RawClient.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that come in past the engine. */
class ReceivingTest {

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final AtomicInteger activities = new AtomicInteger();
    private NettyServer server;
    private RawClient client;

    @BeforeEach
    void open() throws Exception {
        var config = ServerEndpointConfig.Builder.create(Receiving.class, "/direct")
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(new Receiving(ReceivingTest.this));
                    }
                })
                .build();
        var options = new ServerOptions(
                "127.0.0.1",
                0,
                1,
                TestServer.LIMITS,
                TestServer.TIMEOUTS,
                OriginRule.sameHost(),
                TrustedProxies.none(),
                null,
                0);
        server = NettyServer.start(
                options,
                io.lastack.transport.tyrus.http.HttpRoutes.none(),
                List.of(new UpgradePath(config, Gate.open())),
                List.of());
        client = RawClient.upgraded(server.port(), "/direct");
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void textAndBinaryMessagesArriveAsTheirBytes() throws Exception {
        client.text("grüß dich");
        client.frame(BINARY, "bytes".getBytes(UTF_8));
        client.frame(TEXT, new byte[0]);
        assertThat(TestServer.next(received)).isEqualTo("text grüß dich");
        assertThat(TestServer.next(received)).isEqualTo("binary bytes");
        assertThat(TestServer.next(received)).isEqualTo("text ");
    }

    @Test
    void fragmentsOfAnySizeAreJoinedWithControlFramesBetweenThem() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            var message = new StringBuilder();
            int fragments = 1 + random.nextInt(10);
            for (int i = 0; i < fragments; i++) {
                var part = "x".repeat(random.nextInt(300)) + i;
                message.append(part);
                client.frame((i == 0 ? 1 : 0) | (i == fragments - 1 ? 0x80 : 0), part.getBytes(UTF_8));
                if (random.nextBoolean()) {
                    client.frame(PING, part.substring(0, 1).getBytes(UTF_8));
                    assertThat(client.frame().first()).isEqualTo(PONG);
                }
            }
            assertThat(TestServer.next(received)).as("seed %d", seed).isEqualTo("text " + message);
        }
    }

    @Test
    void anyByteIsActivityEvenOfAFrameThatIsNotWhole() throws Exception {
        client.bytes(new byte[] {(byte) TEXT});
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (activities.get() == 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        assertThat(received).isEmpty();
    }

    @Test
    void theLimitsAndTheCloseAreThoseOfTheServer() throws Exception {
        client.frame(BINARY, new byte[8193]);
        assertThat(client.frame().closeCode()).isEqualTo(1009);
        assertThat(TestServer.next(received)).isEqualTo("closed 1009");
    }

    /** Public, as engines want it. */
    public static final class Receiving extends Endpoint {

        private final ReceivingTest test;

        private Receiving(ReceivingTest test) {
            this.test = test;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            PacketChannel.of(session).orElseThrow().receive(new PacketChannel.Receiver() {
                @Override
                public void message(boolean text, ByteBuffer payload) {
                    test.received.add((text ? "text " : "binary ") + UTF_8.decode(payload));
                }

                @Override
                public void activity() {
                    test.activities.incrementAndGet();
                }
            });
        }

        @Override
        public void onClose(Session session, jakarta.websocket.CloseReason reason) {
            test.received.add("closed " + reason.getCloseCode().getCode());
        }
    }
}
