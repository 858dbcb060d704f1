package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.Connector;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.Content;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.proto.WireCodec;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.UserContext;
import io.lastack.testkit.transport.TcpRelay;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two ways to a server, of which the network may block one. */
class FallbackConnectorTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String UPGRADE = "Upgrade: websocket";

    private final ImRuntime runtime = ImRuntime.system();
    private final ImEngine engine = ImEngine.builder(MemoryStore.create())
            .runtime(runtime)
            .authenticator(credentials -> new AuthOutcome.Accepted(UserContext.of(UserId.of(credentials.token()))))
            .build();
    private final TyrusServer server =
            TyrusServer.builder(engine).host("127.0.0.1").port(0).start();
    private final TcpRelay network = new TcpRelay(server.port());

    /** The ways on which connections were opened, in order. */
    private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();

    FallbackConnectorTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        engine.close();
        network.close();
        server.close();
        runtime.close();
    }

    @Test
    void whereWebSocketGetsThroughNothingElseIsTried() throws Exception {
        try (var alice = client("alice", Duration.ofMinutes(1), new LinkedBlockingQueue<>())) {
            alice.start();
            assertThat(opened.poll(20, TimeUnit.SECONDS)).isEqualTo("WebSocket");
            alice.send(UserId.of("bob"), Content.text("hello"))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            assertThat(opened).isEmpty();
        }
    }

    @Test
    void whereWebSocketIsBlockedEventsServeAndWhenItIsNotAnyMoreItServesAgain() throws Exception {
        network.refuse(UPGRADE);
        var seen = new LinkedBlockingQueue<String>();
        try (var alice = client("alice", Duration.ofMillis(300), new LinkedBlockingQueue<>());
                var bob = client("bob", Duration.ofMinutes(1), seen)) {
            alice.start();
            assertThat(opened.poll(20, TimeUnit.SECONDS)).isEqualTo("events");
            bob.start();
            assertThat(opened.poll(20, TimeUnit.SECONDS)).isEqualTo("events");
            for (int i = 0; i < 50; i++) {
                alice.send(UserId.of("bob"), Content.text("message " + i));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("message " + i);
            }
            network.refuse("");
            // One to try, one to stay.
            assertThat(opened.poll(20, TimeUnit.SECONDS)).isEqualTo("WebSocket");
            assertThat(opened.poll(20, TimeUnit.SECONDS)).isEqualTo("WebSocket");
            alice.send(UserId.of("bob"), Content.text("back"))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("back");
        }
    }

    @Test
    void aStreamThatBreaksIsFollowedByAnotherTryOverWebSocket() throws Exception {
        network.refuse(UPGRADE);
        try (var alice = client("alice", Duration.ofMinutes(1), new LinkedBlockingQueue<>())) {
            alice.start();
            assertThat(opened.poll(20, TimeUnit.SECONDS)).isEqualTo("events");
            network.refuse("");
            network.cut();
            assertThat(opened.poll(20, TimeUnit.SECONDS)).isEqualTo("WebSocket");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4401, 4429, 1001})
    void whatTheServerRefusesIsNotAskedAgainTheOtherWay(int code) {
        var heard = new LinkedBlockingQueue<CloseReason>();
        Connector refusing = listener -> listener.closed(new CloseReason(code, "no"));
        Connector never = listener -> opened.add("events");
        FallbackConnector.of(refusing, never, Duration.ofMinutes(1)).connect(new Connector.Listener() {
            @Override
            public void opened(Connector.Link link) {
                opened.add("opened");
            }

            @Override
            public void received(List<ServerFrame> frames) {
                opened.add("received");
            }

            @Override
            public void closed(CloseReason reason) {
                heard.add(reason);
            }
        });
        assertThat(heard).containsExactly(new CloseReason(code, "no"));
        assertThat(opened).isEmpty();
    }

    @Test
    void addressesAndTimesOutOfRangeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FallbackConnector.to(URI.create("https://x/im")))
                .withMessageContaining("https://x/im");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SseConnector.to(URI.create("wss://x/im/sse")))
                .withMessageContaining("wss://x/im/sse");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FallbackConnector.of(listener -> {}, listener -> {}, Duration.ZERO))
                .withMessageContaining("PT0S");
    }

    private ImClient client(String user, Duration returnAfter, BlockingQueue<String> seen) {
        var webSocket =
                WebSocketConnector.to(URI.create("ws://127.0.0.1:" + network.port() + "/im"), WireCodec.PROTO, HTTP);
        var events =
                SseConnector.to(URI.create("http://127.0.0.1:" + network.port() + "/im/sse"), WireCodec.JSON, HTTP);
        return ImClient.builder(
                        runtime,
                        FallbackConnector.of(noting("WebSocket", webSocket), noting("events", events), returnAfter))
                .tokens(TokenSource.of(user))
                .device(DeviceId.of(user + "-1"))
                .listener(new ClientListener() {
                    @Override
                    public void message(Message message) {
                        seen.add(message.content().payload().asText());
                    }
                })
                .build();
    }

    private Connector noting(String way, Connector connector) {
        return listener -> connector.connect(new Connector.Listener() {
            @Override
            public void opened(Connector.Link link) {
                opened.add(way);
                listener.opened(link);
            }

            @Override
            public void received(List<ServerFrame> frames) {
                listener.received(frames);
            }

            @Override
            public void closed(CloseReason reason) {
                listener.closed(reason);
            }
        });
    }
}
