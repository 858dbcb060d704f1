package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a transport says too late, or of a link that the client has given up. */
class LateLinkTest {
    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private final List<Connector.Listener> attempts = new ArrayList<>();
    private final Seen seen = new Seen();
    private final ImClient client = ImClient.builder(runtime, attempts::add)
            .tokens(TokenSource.of("token"))
            .device(DeviceId.of("phone"))
            .listener(seen)
            .build();

    @Test
    void aLinkThatOpensAfterItWasGivenUpIsClosed() {
        client.start();
        runtime.advance(Duration.ofSeconds(11));
        assertThat(attempts).hasSize(2);

        RecordingLink late = new RecordingLink();
        attempts.get(0).opened(late);
        runtime.runUntilIdle();
        assertThat(late.closed).isTrue();
        assertThat(late.written).isEmpty();

        RecordingLink current = new RecordingLink();
        attempts.get(1).opened(current);
        runtime.runUntilIdle();
        assertThat(current.closed).isFalse();
        assertThat(current.written).hasOnlyElementsOfType(ClientFrame.Hello.class);
    }

    @Test
    void whatALinkSaysAfterItWasGivenUpIsNotHeard() {
        client.start();
        runtime.advance(Duration.ofSeconds(11));
        attempts.get(0).received(List.of(delivery()));
        attempts.get(0).closed(new CloseReason(CloseReason.REPLACED, "late"));
        runtime.runUntilIdle();
        assertThat(seen.messages).isEmpty();
        assertThat(client.state()).isEqualTo(new ConnectionState.Connecting(2));
    }

    @Test
    void theRestOfAPacketThatEndsTheLinkIsNotHeard() {
        client.start();
        runtime.runUntilIdle();
        attempts.get(0).opened(new RecordingLink());
        runtime.runUntilIdle();
        attempts.get(0).received(List.of(new ServerFrame.Reply(1, Status.of(400, "no such device"), null), delivery()));
        runtime.runUntilIdle();
        assertThat(client.state()).isInstanceOf(ConnectionState.Stopped.class);
        assertThat(seen.messages).isEmpty();
    }

    @Test
    void aConnectorThatThrowsCountsAsOneThatCannotConnect() {
        ImClient failing = ImClient.builder(runtime, listener -> {
                    attempts.add(listener);
                    throw new IllegalStateException("expected by the test");
                })
                .tokens(TokenSource.of("token"))
                .device(DeviceId.of("phone"))
                .build();
        failing.start();
        runtime.advance(Duration.ofSeconds(60));
        assertThat(attempts).hasSizeBetween(4, 20);
    }

    private static ServerFrame delivery() {
        Message message =
                new Message(World.DIRECT, 1, 0, ScriptedServer.BOB, ClientMessageId.of("b-1"), Content.text("late"));
        return new ServerFrame.Deliver(World.DIRECT, List.of(message));
    }

    private static final class RecordingLink implements Connector.Link {
        private final List<ClientFrame> written = new ArrayList<>();
        private boolean closed;

        @Override
        public void write(List<ClientFrame> packet) {
            written.addAll(packet);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
