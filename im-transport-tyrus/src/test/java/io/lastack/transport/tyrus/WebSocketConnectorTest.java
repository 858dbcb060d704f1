package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ConnectionState;
import io.lastack.client.Connector;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.Content;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketConnectorTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ImRuntime runtime = ImRuntime.system();
    private final ImEngine engine = ImEngine.builder(MemoryStore.create())
            .runtime(runtime)
            .authenticator(JwtAuthenticator.hmac256(SECRET))
            .build();
    private final JwtIssuer issuer = JwtIssuer.hmac256(SECRET);
    private TyrusServer server = serve(0);

    private TyrusServer serve(int port) {
        return TyrusServer.builder(engine).host("127.0.0.1").port(port).start();
    }

    @AfterEach
    void stop() {
        engine.close();
        server.close();
        runtime.close();
    }

    @ParameterizedTest
    @CsvSource({"lastack.v1.proto, lastack.v1.json", "lastack.v1.json, lastack.v1.proto"})
    void twoClientsTalkInWhicheverCodecEachSpeaks(String one, String other) throws Exception {
        var seen = new LinkedBlockingQueue<String>();
        try (var alice = client("alice", one, new LinkedBlockingQueue<>());
                var bob = client("bob", other, seen)) {
            alice.start();
            bob.start();
            for (int i = 1; i <= 500; i++) {
                alice.send(UserId.of("bob"), Content.text("message " + i)).exceptionally(failure -> {
                    throw new AssertionError(failure);
                });
            }
            for (int i = 1; i <= 500; i++) {
                assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("message " + i);
            }
        }
    }

    @Test
    void aClientComesBackToAServerThatWasAwayAndMissesNothing() throws Exception {
        var seen = new LinkedBlockingQueue<String>();
        try (var alice = client("alice", "lastack.v1.proto", new LinkedBlockingQueue<>());
                var bob = client("bob", "lastack.v1.proto", seen)) {
            alice.start();
            bob.start();
            await(bob, ConnectionState.Online.class);
            int port = server.port();
            server.close();
            var sent = alice.send(UserId.of("bob"), Content.text("while away"));
            server = serve(port);
            assertThat(sent.toCompletableFuture().get(30, TimeUnit.SECONDS).seq())
                    .isEqualTo(1);
            assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("while away");
        }
    }

    @Test
    void closingALinkIsToldOnceWithTheCodeOfTheAnswer() throws Exception {
        var heard = new Heard();
        connector(WireCodec.PROTO).connect(heard);
        var link = heard.link();
        link.write(List.of(new ClientFrame.Hello(1, token("alice"), "a1", List.of(), null, null)));
        assertThat(heard.next()).isInstanceOf(ServerFrame.Welcome.class);
        link.close();
        link.close();
        assertThat(heard.closed().code()).isEqualTo(CloseReason.NORMAL);
        link.write(List.of(new ClientFrame.Ping(2)));
        EndpointContract.await(() -> server.connections() == 0);
        assertThat(heard.closed).isEmpty();
    }

    @Test
    void whatIsWrittenBeforeACloseArrivesAndMoreFramesThanAPacketHoldsAreSplit() throws Exception {
        var heard = new Heard();
        connector(WireCodec.JSON).connect(heard);
        var link = heard.link();
        link.write(List.of(new ClientFrame.Hello(1, token("alice"), "a1", List.of(), null, null)));
        var pings = new ArrayList<ClientFrame>();
        for (int i = 2; i <= 1500; i++) {
            pings.add(new ClientFrame.Ping(i));
        }
        link.write(pings);
        long replies = 0;
        while (replies < 1500) {
            replies += heard.next() instanceof ServerFrame.Reply ? 1 : 0;
        }
        link.close();
        assertThat(heard.closed().code()).isEqualTo(CloseReason.NORMAL);
    }

    @Test
    void theReasonOfTheServerReachesTheListener() throws Exception {
        var heard = new Heard();
        connector(WireCodec.PROTO).connect(heard);
        heard.link().write(List.of(new ClientFrame.Hello(1, "no token", "a1", List.of(), null, null)));
        var reason = heard.closed();
        assertThat(reason.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(reason.text()).isEqualTo("the token is not valid");
    }

    @Test
    void aServerThatIsNotThereIsToldAsAnAbnormalEnd() throws Exception {
        int port;
        try (var unused = new ServerSocket(0)) {
            port = unused.getLocalPort();
        }
        var heard = new Heard();
        WebSocketConnector.to(URI.create("ws://127.0.0.1:" + port + "/im"), WireCodec.PROTO, HTTP)
                .connect(heard);
        assertThat(heard.closed().code()).isEqualTo(1006);
    }

    @Test
    void aServerThatRefusesIsToldByTheCodeThatSaysTheSame() throws Exception {
        var heard = new Heard();
        WebSocketConnector.to(URI.create("ws://127.0.0.1:" + server.port() + "/nowhere"), WireCodec.PROTO, HTTP)
                .connect(heard);
        assertThat(heard.closed()).isEqualTo(new CloseReason(1002, "the server refused the connection with 404"));
        try (var full = TyrusServer.builder(engine)
                .host("127.0.0.1")
                .port(0)
                .maxConnectionsPerAddress(1)
                .start()) {
            var uri = URI.create("ws://127.0.0.1:" + full.port() + "/im");
            var first = new Heard();
            WebSocketConnector.to(uri, WireCodec.PROTO, HTTP).connect(first);
            first.link();
            var second = new Heard();
            WebSocketConnector.to(uri, WireCodec.PROTO, HTTP).connect(second);
            assertThat(second.closed().code()).isEqualTo(CloseReason.RATE_LIMITED);
        }
    }

    @Test
    void anAddressThatIsNoneOfAWebSocketIsRefusedByName() {
        for (var uri : List.of("http://x/im", "ws:im", "/im")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WebSocketConnector.to(URI.create(uri), WireCodec.PROTO, HTTP))
                    .withMessageContaining(uri);
        }
    }

    private String token(String user) {
        return issuer.issue(UserId.of(user), Instant.now().plus(Duration.ofMinutes(10)));
    }

    private WebSocketConnector connector(WireCodec codec) {
        return WebSocketConnector.to(URI.create("ws://127.0.0.1:" + server.port() + "/im"), codec, HTTP);
    }

    private ImClient client(String user, String codec, BlockingQueue<String> seen) {
        var listener = new ClientListener() {
            @Override
            public void message(Message message) {
                seen.add(message.content().payload().asText());
            }
        };
        return ImClient.builder(runtime, connector(WireCodec.of(codec).orElseThrow()))
                .tokens(TokenSource.of(token(user)))
                .device(DeviceId.of(user + "-1"))
                .listener(listener)
                .build();
    }

    private static void await(ImClient client, Class<? extends ConnectionState> state) {
        EndpointContract.await(() -> state.isInstance(client.state()));
    }

    /** Notes what a connector tells. */
    private static final class Heard implements Connector.Listener {

        final BlockingQueue<Connector.Link> links = new LinkedBlockingQueue<>();
        final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();
        final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

        @Override
        public void opened(Connector.Link link) {
            links.add(link);
        }

        @Override
        public void received(List<ServerFrame> received) {
            frames.addAll(received);
        }

        @Override
        public void closed(CloseReason reason) {
            closed.add(reason);
        }

        Connector.Link link() throws InterruptedException {
            return next(links);
        }

        ServerFrame next() throws InterruptedException {
            return next(frames);
        }

        CloseReason closed() throws InterruptedException {
            return next(closed);
        }

        private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
            T element = queue.poll(10, TimeUnit.SECONDS);
            if (element == null) {
                throw new AssertionError("nothing came within 10 s");
            }
            return element;
        }
    }
}
