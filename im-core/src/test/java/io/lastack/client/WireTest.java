package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.session.ClientFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WireTest {
    private final List<List<ClientFrame>> packets = new ArrayList<>();
    private final Wire wire = new Wire();

    @Test
    void framesOfOneFlushShareAPacket() {
        wire.open(link());
        wire.add(new ClientFrame.Ping(1));
        wire.add(new ClientFrame.Ping(2));
        assertThat(packets).isEmpty();
        wire.flush();
        wire.flush();
        assertThat(packets).containsExactly(List.of(new ClientFrame.Ping(1), new ClientFrame.Ping(2)));
    }

    @Test
    void packetsStayBelowTheServersLimitAndKeepTheOrder() {
        wire.open(link());
        wire.limit(100_000);
        List<ClientFrame> sends = IntStream.range(0, 40)
                .mapToObj(i -> (ClientFrame) send(i, "x".repeat(3_000)))
                .toList();
        sends.forEach(wire::add);
        wire.flush();

        assertThat(packets)
                .hasSizeBetween(4, 20)
                .allSatisfy(packet -> assertThat(
                                packet.stream().mapToInt(FrameSize::estimate).sum())
                        .isLessThanOrEqualTo(50_000));
        assertThat(packets.stream().flatMap(List::stream)).isEqualTo(sends);
    }

    @Test
    void aFrameAboveTheLimitTravelsAlone() {
        wire.open(link());
        wire.limit(1_000);
        wire.add(new ClientFrame.Ping(1));
        wire.add(send(2, "x".repeat(3_000)));
        wire.add(new ClientFrame.Ping(3));
        wire.flush();
        assertThat(packets).hasSize(3).allSatisfy(packet -> assertThat(packet).hasSize(1));
    }

    @Test
    void withoutALinkFramesAreDropped() {
        wire.add(new ClientFrame.Ping(1));
        wire.open(link());
        wire.add(new ClientFrame.Ping(2));
        wire.close();
        wire.open(link());
        wire.flush();
        assertThat(packets).isEmpty();
    }

    private static ClientFrame.Send send(int number, String text) {
        return new OutboxEntry("user:bob", ClientMessageId.of("m-" + number), Content.text(text)).frame(number);
    }

    private Connector.Link link() {
        return new Connector.Link() {
            @Override
            public void write(List<ClientFrame> packet) {
                packets.add(packet);
            }

            @Override
            public void close() {}
        };
    }
}
