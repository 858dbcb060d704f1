package io.lastack.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.examples.bench.wire.Dialer;
import io.lastack.examples.bench.wire.Link;
import io.lastack.examples.bench.wire.LinkEvents;
import io.lastack.log.Content;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.proto.MalformedPacketException;
import io.lastack.proto.WireCodec;
import io.lastack.session.ServerFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A load generator whose checks find nothing is worth nothing: here the network does what a server must not. */
class FaultsTest {
    private static final Load LOAD = new Load(WireCodec.PROTO, 2, 2, 1, 1, 4, 1, 200, 0, 1);

    @Test
    void anHonestServerHasNoFaults() throws Exception {
        assertThat(faults((frames, index) -> {})).isZero();
    }

    @Test
    void aDeliveryThatIsLostIsFound() throws Exception {
        assertThat(faults((frames, index) -> frames.remove(index))).isPositive();
    }

    @Test
    void aDeliveryThatComesTwiceIsFound() throws Exception {
        assertThat(faults((frames, index) -> frames.add(frames.get(index)))).isPositive();
    }

    @Test
    void deliveriesInTheWrongOrderAreFound() throws Exception {
        assertThat(faults((frames, index) -> {
                    if (index > 0) {
                        Collections.swap(frames, index, index - 1);
                    } else {
                        frames.add(frames.remove(0));
                    }
                }))
                .isPositive();
    }

    @Test
    void aBodyThatIsNotTheOneSentIsFound() throws Exception {
        assertThat(faults((frames, index) -> {
                    ServerFrame.Deliver deliver = (ServerFrame.Deliver) frames.get(index);
                    frames.set(
                            index,
                            new ServerFrame.Deliver(
                                    deliver.conversation(),
                                    deliver.messages().stream()
                                            .map(FaultsTest::withOtherBody)
                                            .toList()));
                }))
                .isPositive();
    }

    private static Message withOtherBody(Message message) {
        Content content = message.content();
        Content other = new Content(
                content.kind(),
                content.type(),
                Payload.text("x".repeat(200)),
                content.ext(),
                content.replyTo(),
                content.mentions(),
                content.revises());
        return new Message(
                message.conversation(),
                message.seq(),
                message.sentAt(),
                message.sender(),
                message.clientMessageId(),
                other);
    }

    /** What the network does with a packet, in which the frame at {@code index} is a delivery after the first hundred. */
    private interface Mischief {
        void change(List<ServerFrame> frames, int index);
    }

    private static double faults(Mischief mischief) throws Exception {
        try (Target honest = Target.inProcess(WireCodec.PROTO)) {
            Target target = new Target(
                    new MischievousDialer(honest.dialer(), mischief), honest.tokens(), honest.server(), () -> {});
            return new Bench(LOAD, Rate.parse("none"))
                    .run(WorkloadName.W1, "x", target)
                    .get(0)
                    .get("faults");
        }
    }

    private record MischievousDialer(Dialer honest, Mischief mischief) implements Dialer {
        @Override
        public ScheduledExecutorService thread() {
            return honest.thread();
        }

        @Override
        public void dial(String token, String device, LinkEvents events) {
            AtomicInteger deliveries = new AtomicInteger();
            honest.dial(token, device, new LinkEvents() {
                @Override
                public void opened(Link link) {
                    events.opened(link);
                }

                @Override
                public void packet(byte[] packet, int length) {
                    byte[] changed = change(packet, length, deliveries);
                    events.packet(changed, changed.length);
                }

                @Override
                public void closed(String why) {
                    events.closed(why);
                }
            });
        }

        private byte[] change(byte[] packet, int length, AtomicInteger deliveries) {
            List<ServerFrame> frames;
            try {
                frames = new ArrayList<>(WireCodec.PROTO.decodeServer(ByteBuffer.wrap(packet, 0, length)));
            } catch (MalformedPacketException e) {
                throw new AssertionError(e);
            }
            for (int i = 0; i < frames.size(); i++) {
                if (frames.get(i) instanceof ServerFrame.Deliver && deliveries.incrementAndGet() == 100) {
                    mischief.change(frames, i);
                    break;
                }
            }
            return WireCodec.PROTO.packet(
                    frames.stream().map(WireCodec.PROTO::encode).toList());
        }

        @Override
        public void close() {
            honest.close();
        }
    }
}
