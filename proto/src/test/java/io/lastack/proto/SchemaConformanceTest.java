package io.lastack.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.lastack.proto.v1.ClientPacket;
import io.lastack.proto.v1.ServerPacket;
import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Our codecs against those that protobuf generates from the {@code .proto} files: what one side writes, the other reads
 * as the same, in binary and in JSON.
 */
class SchemaConformanceTest {
    private static final int FRAMES = Seeds.rounds(2_000);

    private final RandomFrames random = new RandomFrames(Seeds.random(SchemaConformanceTest.class));

    @Test
    void theSamplesAreWrittenByteForByteAsTheGeneratedClassesWriteThem() throws InvalidProtocolBufferException {
        for (ClientFrame frame : Samples.client().values()) {
            byte[] written = Packets.ofClient(WireCodec.PROTO, List.of(frame));
            assertThat(written).isEqualTo(ClientPacket.parseFrom(written).toByteArray());
        }
        for (ServerFrame frame : Samples.server().values()) {
            byte[] written = Packets.ofServer(WireCodec.PROTO, List.of(frame));
            assertThat(written).isEqualTo(ServerPacket.parseFrom(written).toByteArray());
        }
    }

    @Test
    void theGeneratedClassesReadTheSameFromBothCodecs() throws InvalidProtocolBufferException {
        for (ClientFrame frame : clientFrames()) {
            Message binary = ClientPacket.parseFrom(Packets.ofClient(WireCodec.PROTO, List.of(frame)));
            Message json = parse(Packets.ofClient(WireCodec.JSON, List.of(frame)), ClientPacket.newBuilder());

            assertThat(json).as(Described.of(frame)).isEqualTo(binary);
            assertThat(binary.getUnknownFields().asMap()).isEmpty();
        }
        for (ServerFrame frame : serverFrames()) {
            Message binary = ServerPacket.parseFrom(Packets.ofServer(WireCodec.PROTO, List.of(frame)));
            Message json = parse(Packets.ofServer(WireCodec.JSON, List.of(frame)), ServerPacket.newBuilder());

            assertThat(json).as(Described.of(frame)).isEqualTo(binary);
            assertThat(binary.getUnknownFields().asMap()).isEmpty();
        }
    }

    @Test
    void framesOfClientsWrittenByTheGeneratedClassesAreRead() throws Exception {
        for (ClientFrame frame : clientFrames()) {
            String expected = Described.of(List.of(frame));
            Message message = ClientPacket.parseFrom(Packets.ofClient(WireCodec.PROTO, List.of(frame)));

            assertThat(Described.of(Packets.fromClient(WireCodec.PROTO, message.toByteArray())))
                    .isEqualTo(expected);
            assertThat(Described.of(Packets.fromClient(WireCodec.JSON, print(message))))
                    .isEqualTo(expected);
        }
    }

    @Test
    void framesOfTheServerWrittenByTheGeneratedClassesAreRead() throws Exception {
        for (ServerFrame frame : serverFrames()) {
            String expected = Described.of(List.of(frame));
            Message message = ServerPacket.parseFrom(Packets.ofServer(WireCodec.PROTO, List.of(frame)));

            assertThat(Described.of(Packets.fromServer(WireCodec.PROTO, message.toByteArray())))
                    .isEqualTo(expected);
            assertThat(Described.of(Packets.fromServer(WireCodec.JSON, print(message))))
                    .isEqualTo(expected);
        }
    }

    private List<ClientFrame> clientFrames() {
        return Stream.concat(
                        Samples.client().values().stream(),
                        Stream.generate(random::client).limit(FRAMES))
                .toList();
    }

    private List<ServerFrame> serverFrames() {
        return Stream.concat(
                        Samples.server().values().stream(),
                        Stream.generate(random::server).limit(FRAMES))
                .toList();
    }

    private static Message parse(byte[] json, Message.Builder into) throws InvalidProtocolBufferException {
        com.google.protobuf.util.JsonFormat.parser().merge(new String(json, StandardCharsets.UTF_8), into);
        return into.build();
    }

    private static byte[] print(Message message) throws InvalidProtocolBufferException {
        return com.google.protobuf.util.JsonFormat.printer().print(message).getBytes(StandardCharsets.UTF_8);
    }
}
