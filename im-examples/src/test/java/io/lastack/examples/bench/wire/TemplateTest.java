package io.lastack.examples.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateTest {
    private static final String DIRECT = "direct:alice~bob";

    static Stream<WireCodec> codecs() {
        return Stream.of(WireCodec.PROTO, WireCodec.JSON);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void eachSendHasItsRequestIdAndItsNameAtTheStartOfTheBody(WireCodec codec) throws Exception {
        Template send = Template.send(codec, DIRECT, 200);
        OutgoingPacket packet = new OutgoingPacket(codec);
        MessageName name = new MessageName();
        for (long number : new long[] {1, 127, 128, 999_999, 1_000_000_000, NumberForm.MAX}) {
            send.write(packet.next(), number, name.set(7, number - 1));
        }

        List<ClientFrame> frames = decode(codec, packet);

        assertThat(frames).hasSize(6);
        assertThat(frames).allSatisfy(frame -> {
            ClientFrame.Send sent = (ClientFrame.Send) frame;
            String expected = String.format("%05d%010d", 7, sent.requestId() - 1);
            assertThat(sent.conversation()).isEqualTo(DIRECT);
            assertThat(sent.clientMessageId()).isEqualTo(expected);
            assertThat(sent.type()).isEqualTo("text");
            assertThat(sent.body().text()).hasSize(200).startsWith(expected);
        });
        assertThat(frames.stream().map(frame -> ((ClientFrame.Send) frame).requestId()))
                .containsExactly(1L, 127L, 128L, 999_999L, 1_000_000_000L, NumberForm.MAX);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void acksAndSeldomFramesGoIntoTheSamePacket(WireCodec codec) throws Exception {
        Template ack = Template.ack(codec, DIRECT);
        OutgoingPacket packet = new OutgoingPacket(codec);
        ack.write(packet.next(), 5);
        packet.add(new ClientFrame.Ping(9));
        ack.write(packet.next(), 4_000_000_000L);

        assertThat(decode(codec, packet))
                .containsExactly(
                        new ClientFrame.Ack(List.of(new ClientFrame.Position(DIRECT, 5)), List.of()),
                        new ClientFrame.Ping(9),
                        new ClientFrame.Ack(List.of(new ClientFrame.Position(DIRECT, 4_000_000_000L)), List.of()));
        assertThat(packet.take()).isNull();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aNumberThatDoesNotFitIsRefused(WireCodec codec) {
        Template ack = Template.ack(codec, DIRECT);
        OutgoingPacket packet = new OutgoingPacket(codec);

        assertThatThrownBy(() -> ack.write(packet.next(), NumberForm.MAX + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number 10000000000 does not fit; up to 9999999999 do");
    }

    private static List<ClientFrame> decode(WireCodec codec, OutgoingPacket packet) throws Exception {
        ByteBuf bytes = packet.take();
        try {
            return codec.decodeClient(bytes.nioBuffer());
        } finally {
            bytes.release();
        }
    }
}
