package io.lastack.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.client.Connector;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.Handshake;
import io.lastack.session.ServerFrame;
import io.lastack.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MemoryTransportTest {
    private static final CloseReason GOODBYE = new CloseReason(CloseReason.GOING_AWAY, "goodbye");

    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private final List<String> trace = new ArrayList<>();
    private final Client client = new Client();
    private final Server server = new Server();
    private final MemoryTransport transport =
            MemoryTransport.to(server::accept, runtime, () -> new Handshake(null, "phone"));

    @Test
    void framesPassBothWaysInOrderAndNeverInsideTheCall() {
        connect();
        client.link().write(List.of(new ClientFrame.Ping(1)));
        client.link().write(List.of(new ClientFrame.Ping(2), new ClientFrame.Ping(3)));
        server.write(1);
        server.write(2);
        assertThat(trace).containsExactly("client opened", "server accepted phone");
        trace.clear();

        runtime.runUntilIdle();
        assertThat(trace)
                .containsExactly(
                        "server activity",
                        "server received [1]",
                        "server activity",
                        "server received [2, 3]",
                        "client received 1",
                        "written 1 true",
                        "client received 2",
                        "written 2 true");
    }

    @Test
    void aPingComesBackAsActivity() {
        connect();
        server.connection().ping();
        runtime.runUntilIdle();
        assertThat(trace).endsWith("server activity");
    }

    @Test
    void aCloseFollowsWhatWasWrittenBefore() {
        connect();
        server.write(1);
        server.connection().close(GOODBYE);
        server.write(2);
        runtime.runUntilIdle();

        assertThat(trace)
                .endsWith(
                        "client received 1",
                        "written 1 true",
                        "server closed 1001",
                        "client closed 1001",
                        "written 2 false");
        assertThat(transport.links()).isEmpty();
    }

    @Test
    void theClientsCloseIsToldToBothOnce() {
        connect();
        client.link().close();
        client.link().close();
        runtime.runUntilIdle();
        assertThat(trace).endsWith("server accepted phone", "server closed 1000", "client closed 1000");
    }

    @Test
    void aCutLosesWhatIsOnItsWay() {
        connect();
        server.write(1);
        client.link().write(List.of(new ClientFrame.Ping(1)));
        transport.links().get(0).cut();
        runtime.runUntilIdle();

        assertThat(trace)
                .endsWith("server accepted phone", "written 1 false", "server closed 1006", "client closed 1006");
        assertThat(transport.links()).isEmpty();
    }

    @Test
    void aKillEndsTheConnectionForBothWithoutWaitingForWrites() {
        connect();
        server.write(1);
        server.connection().kill();
        runtime.runUntilIdle();
        assertThat(trace).endsWith("written 1 false", "server closed 1006", "client closed 1006");
    }

    @Test
    void onAFrozenLinkNothingPassesAndWritesDoNotComplete() {
        connect();
        transport.links().get(0).freeze();
        server.write(1);
        server.connection().ping();
        client.link().write(List.of(new ClientFrame.Ping(1)));
        runtime.runUntilIdle();
        assertThat(trace).endsWith("server accepted phone");
    }

    @Test
    void onAFrozenLinkASideThatClosesEndsAlone() {
        connect();
        transport.links().get(0).freeze();
        server.write(1);
        server.connection().close(GOODBYE);
        runtime.runUntilIdle();
        assertThat(trace).endsWith("written 1 false", "server closed 1001");
        assertThat(transport.links()).hasSize(1);

        client.link().close();
        runtime.runUntilIdle();
        assertThat(trace).endsWith("server closed 1001", "client closed 1000");
        assertThat(transport.links()).isEmpty();
    }

    @Test
    void aFrozenLinkCanBeKilledByTheServerAndCutForTheClient() {
        connect();
        MemoryLink link = transport.links().get(0);
        link.freeze();
        server.write(1);
        server.connection().kill();
        runtime.runUntilIdle();
        assertThat(trace).endsWith("written 1 false", "server closed 1006");

        link.cut();
        runtime.runUntilIdle();
        assertThat(trace).endsWith("server closed 1006", "client closed 1006");
    }

    @Test
    void aCutLinkStaysCutWhenFrozen() {
        connect();
        MemoryLink link = transport.links().get(0);
        link.cut();
        link.freeze();
        runtime.runUntilIdle();
        assertThat(trace).endsWith("server closed 1006", "client closed 1006");
    }

    @Test
    void anUnreachableServerIsToldAsAClosedLink() {
        transport.setReachable(false);
        connect();
        assertThat(trace).containsExactly("client closed 1006");
    }

    @Test
    void aServerThatThrowsOnAcceptClosesTheLink() {
        MemoryTransport failing = MemoryTransport.to(
                (connection, handshake) -> {
                    throw new IllegalStateException("expected by the test");
                },
                runtime);
        failing.connect(client);
        runtime.runUntilIdle();
        assertThat(trace).containsExactly("client opened", "client closed 1011");
        assertThat(failing.links()).isEmpty();
    }

    @Test
    void theSizeOfADeliveryGrowsWithItsBody() {
        connect();
        int small = server.connection().encoder().encode(delivery("hi")).size();
        int large = server.connection()
                .encoder()
                .encode(delivery("x".repeat(1_000)))
                .size();
        assertThat(small).isBetween(20, 200);
        assertThat(large - small).isEqualTo(998);
    }

    private void connect() {
        transport.connect(client);
        runtime.runUntilIdle();
    }

    private static ServerFrame delivery(String text) {
        ConversationId group = ConversationId.group("g");
        return new ServerFrame.Deliver(
                group,
                List.of(new Message(group, 1, 0, UserId.of("alice"), ClientMessageId.of("a-1"), Content.text(text))));
    }

    private final class Client implements Connector.Listener {
        private Connector.Link link;

        Connector.Link link() {
            return Objects.requireNonNull(link, "not opened");
        }

        @Override
        public void opened(Connector.Link opened) {
            link = opened;
            trace.add("client opened");
        }

        @Override
        public void received(List<ServerFrame> frames) {
            frames.forEach(frame -> trace.add("client received " + ((ServerFrame.GoAway) frame).reason()));
        }

        @Override
        public void closed(CloseReason reason) {
            trace.add("client closed " + reason.code());
        }
    }

    private final class Server implements Session {
        private Connection connection;

        Session accept(Connection accepted, Handshake handshake) {
            connection = accepted;
            trace.add("server accepted " + handshake.deviceId());
            return this;
        }

        Connection connection() {
            return Objects.requireNonNull(connection, "not accepted");
        }

        void write(int number) {
            ServerFrame frame = new ServerFrame.GoAway(String.valueOf(number), 0);
            connection()
                    .write(
                            List.of(connection().encoder().encode(frame)),
                            ok -> trace.add("written " + number + " " + ok));
        }

        @Override
        public void received(List<ClientFrame> frames) {
            trace.add("server received "
                    + frames.stream()
                            .map(frame -> ((ClientFrame.Ping) frame).requestId())
                            .toList());
        }

        @Override
        public void malformed(CloseReason reason) {
            throw new AssertionError("nothing is malformed in memory");
        }

        @Override
        public void activity() {
            trace.add("server activity");
        }

        @Override
        public void closed(CloseReason reason) {
            trace.add("server closed " + reason.code());
        }
    }
}
