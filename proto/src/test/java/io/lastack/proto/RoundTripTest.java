package io.lastack.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is encoded comes back as it was, whatever its values. */
class RoundTripTest {
    private static final int PACKETS = Seeds.rounds(1_500);

    private final Random random = Seeds.random(RoundTripTest.class);
    private final RandomFrames frames = new RandomFrames(random);

    @Test
    void framesOfClientsComeBackAsTheyWere() throws MalformedPacketException {
        for (int i = 0; i < PACKETS; i++) {
            List<ClientFrame> packet =
                    Stream.generate(frames::client).limit(random.nextInt(5)).toList();
            for (WireCodec codec : Packets.CODECS) {
                List<ClientFrame> decoded = Packets.fromClient(codec, Packets.ofClient(codec, packet));

                assertThat(Described.of(decoded)).as(codec.toString()).isEqualTo(Described.of(packet));
            }
        }
    }

    @Test
    void framesOfTheServerComeBackAsTheyWere() throws MalformedPacketException {
        for (int i = 0; i < PACKETS; i++) {
            List<ServerFrame> packet =
                    Stream.generate(frames::server).limit(random.nextInt(5)).toList();
            for (WireCodec codec : Packets.CODECS) {
                List<ServerFrame> decoded = Packets.fromServer(codec, Packets.ofServer(codec, packet));

                assertThat(Described.of(decoded)).as(codec.toString()).isEqualTo(Described.of(packet));
            }
        }
    }
}
