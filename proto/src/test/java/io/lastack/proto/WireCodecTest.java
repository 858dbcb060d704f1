package io.lastack.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.log.Content;
import io.lastack.log.Message;
import io.lastack.proto.v1.ServerPacket;
import io.lastack.session.ClientFrame;
import io.lastack.session.EncodedFrame;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class WireCodecTest {
    private static final ServerFrame FRAME = Samples.server().get("deliver");
    private static final ClientFrame PING = new ClientFrame.Ping(1);

    @Test
    void aCodecIsFoundByItsSubprotocol() {
        assertThat(WireCodec.of("lastack.v1.proto")).containsSame(WireCodec.PROTO);
        assertThat(WireCodec.of("lastack.v1.json")).containsSame(WireCodec.JSON);
        assertThat(WireCodec.of("lastack.v2.json")).isEmpty();
        assertThat(WireCodec.PROTO.subprotocol()).isEqualTo("lastack.v1.proto");
        assertThat(WireCodec.JSON.subprotocol()).isEqualTo("lastack.v1.json");
    }

    @Test
    void protobufIsBinaryAndJsonIsText() {
        assertThat(WireCodec.PROTO.isBinary()).isTrue();
        assertThat(WireCodec.JSON.isBinary()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void aFrameEncodedOnceGoesIntoAnyNumberOfPacketsWithoutACopy(WireCodec codec) {
        EncodedFrame frame = codec.encode(FRAME);
        EncodedFrame other = codec.encode(new ServerFrame.GoAway("r", 1));

        byte[] inOne = largest(codec.parts(List.of(frame)));
        byte[] inAnother = largest(codec.parts(List.of(other, frame, other)));

        assertThat(inOne).isSameAs(inAnother).hasSize(frame.size());
    }

    @Test
    void thePartsOfAJsonPacketAreFramesInAnArray() {
        EncodedFrame ping = WireCodec.JSON.encode(PING);

        assertThat(text(WireCodec.JSON.packet(List.of(ping, ping))))
                .isEqualTo("{\"frames\":[{\"requestId\":1,\"ping\":{}},{\"requestId\":1,\"ping\":{}}]}");
        assertThat(text(WireCodec.JSON.packet(List.of()))).isEqualTo("{\"frames\":[]}");
    }

    @Test
    void thePartsOfAProtobufPacketAreThePacketsOfSingleFrames() {
        EncodedFrame ping = WireCodec.PROTO.encode(PING);

        assertThat(WireCodec.PROTO.packet(List.of(ping, ping)))
                .containsExactly(0x0A, 4, 8, 1, 26, 0, 0x0A, 4, 8, 1, 26, 0);
        assertThat(WireCodec.PROTO.packet(List.of())).isEmpty();
    }

    @Test
    void longBodiesGoOutAsTheyAreAndAroundThemTheBytesThatProtobufWrites() throws Exception {
        List<Message> messages = Stream.of(0, 1, 127, 1_023, 1_024, 16_383, 16_384, 5, 1_024, 70_000)
                .map(size -> Samples.message(1 + size, Content.text("x".repeat(size))))
                .toList();
        ServerFrame page =
                new ServerFrame.Reply(7, Status.OK, new Result.Fetch(Samples.DIRECT, messages, true, List.of()));
        ServerFrame deliver = new ServerFrame.Deliver(Samples.DIRECT, messages);

        EncodedFrame encoded = WireCodec.PROTO.encode(page);
        List<EncodedFrame> frames = List.of(encoded, WireCodec.PROTO.encode(deliver));
        byte[] packet = WireCodec.PROTO.packet(frames);

        assertThat(packet).isEqualTo(ServerPacket.parseFrom(packet).toByteArray());
        assertThat(packet).hasSize(frames.stream().mapToInt(EncodedFrame::size).sum());
        assertThat(WireCodec.PROTO.decodeServer(ByteBuffer.wrap(packet))).containsExactly(page, deliver);
        List<byte[]> bodies = messages.stream()
                .map(message -> message.content().payload().data())
                .toList();
        assertThat(WireCodec.PROTO.parts(List.of(encoded)).stream()
                        .filter(part -> bodies.stream().anyMatch(body -> body == part)))
                .hasSize(5);
    }

    @Test
    void aFrameOfTheOtherCodecIsRefused() {
        EncodedFrame json = WireCodec.JSON.encode(FRAME);

        assertThatThrownBy(() -> WireCodec.PROTO.parts(List.of(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the frame is encoded for lastack.v1.json; lastack.v1.proto is allowed");
        assertThatThrownBy(() -> WireCodec.PROTO.parts(List.of(() -> 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void anInvalidFrameCannotBeSent(WireCodec codec) {
        assertThatThrownBy(() -> codec.encode(new ClientFrame.Invalid(1, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid has no form on the wire");
    }

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void aPacketIsReadFromAnyBufferWithoutMovingIt(WireCodec codec) throws MalformedPacketException {
        byte[] packet = Packets.ofClient(codec, List.of(PING));
        ByteBuffer direct = ByteBuffer.allocateDirect(packet.length + 7)
                .position(5)
                .put(packet)
                .position(5)
                .limit(5 + packet.length);
        ByteBuffer slice = ByteBuffer.wrap(new byte[packet.length + 9], 3, packet.length + 2)
                .slice()
                .position(1);
        slice.put(packet).position(1).limit(1 + packet.length);

        for (ByteBuffer buffer : List.of(direct, slice, direct.asReadOnlyBuffer(), slice.asReadOnlyBuffer())) {
            int position = buffer.position();
            assertThat(codec.decodeClient(buffer)).containsExactly(PING);
            assertThat(buffer.position()).isEqualTo(position);
        }
    }

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void halfASurrogatePairFromTheHostBecomesAQuestionMark(WireCodec codec) throws MalformedPacketException {
        ServerFrame broken = new ServerFrame.GoAway("a\uD83Db\uDE00", 1);

        assertThat(Packets.fromServer(codec, Packets.ofServer(codec, List.of(broken))))
                .containsExactly(new ServerFrame.GoAway("a?b?", 1));
    }

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void anEncodedFrameDoesNotShowItsContent(WireCodec codec) {
        EncodedFrame frame = codec.encode(FRAME);

        assertThat(frame).hasToString("frame of " + frame.size() + " bytes for " + codec.subprotocol());
    }

    private static byte[] largest(List<byte[]> parts) {
        return parts.stream().max((a, b) -> a.length - b.length).orElseThrow();
    }

    private static String text(byte[] packet) {
        return new String(packet, StandardCharsets.UTF_8);
    }
}
