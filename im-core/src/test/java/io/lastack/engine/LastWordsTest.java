package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.Handshake;
import io.lastack.session.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a client while a write to it is in flight is written before its connection is closed. */
class LastWordsTest {
    private final Scene scene = new Scene();
    private final Wire wire = new Wire();

    @BeforeEach
    void aMessageIsInFlight() {
        scene.engine.accept(wire, new Handshake("bob", "b1"));
        scene.run();
        wire.take();
        scene.run();
        wire.frames.clear();
        scene.engine
                .messages()
                .send(Draft.text(UserId.of("alice"), ConversationId.direct(UserId.of("alice"), UserId.of("bob")), "x"));
        scene.run();
        assertThat(wire.inFlight).isNotNull();
    }

    @Test
    void whoIsBeingWrittenToWhenANodeDrainsIsToldToGo() {
        scene.engine.drain(Duration.ofSeconds(1));
        scene.run();
        assertThat(wire.closed).isNull();

        wire.take();
        scene.run();
        assertThat(wire.frames.get(wire.frames.size() - 1)).isInstanceOf(ServerFrame.GoAway.class);
        wire.take();
        scene.run();
        assertThat(wire.closed.code()).isEqualTo(CloseReason.GOING_AWAY);
    }

    @Test
    void whoTakesNothingHoldsUpNoClose() {
        scene.engine.drain(Duration.ofSeconds(1));
        scene.pass(Duration.ofSeconds(2));
        assertThat(wire.closed.code()).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(scene.engine.counters().outboundBytes()).isLessThan(1_000);
    }

    /** Takes a packet when it is told to. */
    private static final class Wire implements Connection {
        private static final FrameEncoder ENCODER = Frame::new;

        private final List<ServerFrame> frames = new ArrayList<>();
        private @Nullable WriteCallback inFlight;
        private @Nullable CloseReason closed;

        private record Frame(ServerFrame frame) implements EncodedFrame {
            @Override
            public int size() {
                return 10;
            }
        }

        @Override
        public void write(List<EncodedFrame> packet, WriteCallback done) {
            packet.forEach(frame -> frames.add(((Frame) frame).frame()));
            inFlight = done;
        }

        void take() {
            for (WriteCallback done = inFlight; done != null; done = null) {
                inFlight = null;
                done.written(true);
            }
        }

        @Override
        public FrameEncoder encoder() {
            return ENCODER;
        }

        @Override
        public void close(CloseReason reason) {
            assertThat(closed).isNull();
            closed = reason;
        }

        @Override
        public void ping() {}

        @Override
        public void kill() {}

        @Override
        public String remoteAddress() {
            return "here";
        }
    }
}
