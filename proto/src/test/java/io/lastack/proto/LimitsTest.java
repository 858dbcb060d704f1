package io.lastack.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** How much a packet may hold. */
class LimitsTest {
    private static final int FRAMES = WireCodec.MAX_CLIENT_FRAMES;
    private static final int ENTRIES = WireCodec.MAX_CLIENT_ENTRIES;

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void aClientsPacketHasAtMostAThousandFrames(WireCodec codec) throws MalformedPacketException {
        assertThat(Packets.fromClient(codec, Packets.ofClient(codec, pings(FRAMES))))
                .hasSize(1_000);

        byte[] tooMany = Packets.ofClient(codec, pings(FRAMES + 1));
        assertThatThrownBy(() -> Packets.fromClient(codec, tooMany))
                .isInstanceOf(MalformedPacketException.class)
                .extracting(e -> ((MalformedPacketException) e).closeReason())
                .isEqualTo(new CloseReason(
                        CloseReason.TOO_LARGE, "packet has more than 1000 frames; at most that many are allowed"));
    }

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void anAckHasAtMostTenThousandPositions(WireCodec codec) throws MalformedPacketException {
        assertThat(Packets.fromClient(codec, Packets.ofClient(codec, List.of(ack(ENTRIES)))))
                .singleElement()
                .isInstanceOf(ClientFrame.Ack.class);
        assertThat(Packets.fromClient(codec, Packets.ofClient(codec, List.of(ack(ENTRIES + 1)))))
                .containsExactly(new ClientFrame.Invalid(
                        0, "ack.positions has more than 10000 entries; at most 10000 are allowed"));
    }

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void everyListAndMapOfAClientIsBounded(WireCodec codec) throws MalformedPacketException {
        List<String> users = Collections.nCopies(ENTRIES + 1, "bob");
        Map<String, String> ext = IntStream.rangeClosed(0, ENTRIES)
                .boxed()
                .collect(Collectors.toMap(i -> "k" + i, i -> "v", (a, b) -> a, HashMap::new));
        List<ClientFrame> frames = List.of(
                new ClientFrame.Presence(1, users, List.of()),
                new ClientFrame.Notify(2, "bob", null, "x", "", "", ext, 0),
                new ClientFrame.Ping(3));

        assertThat(Packets.fromClient(codec, Packets.ofClient(codec, frames)))
                .containsExactly(
                        new ClientFrame.Invalid(
                                1, "presence.watch has more than 10000 entries; at most 10000 are allowed"),
                        new ClientFrame.Invalid(2, "notify.ext has more than 10000 entries; at most 10000 are allowed"),
                        new ClientFrame.Ping(3));
    }

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void theServersPacketMayHoldWhateverGathered(WireCodec codec) throws MalformedPacketException {
        List<ServerFrame> many = Collections.nCopies(5_000, new ServerFrame.Reply(1, Status.OK, null));

        assertThat(Packets.fromServer(codec, Packets.ofServer(codec, many))).hasSize(5_000);
    }

    private static List<ClientFrame> pings(int count) {
        return Collections.nCopies(count, new ClientFrame.Ping(1));
    }

    private static ClientFrame ack(int positions) {
        return new ClientFrame.Ack(Collections.nCopies(positions, new ClientFrame.Position("group:g", 1)), List.of());
    }
}
