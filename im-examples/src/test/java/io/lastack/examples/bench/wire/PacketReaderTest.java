package io.lastack.examples.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.proto.WireCodec;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacketReaderTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, UserId.of("bob"));
    private static final ConversationId GROUP = ConversationId.group("g");
    private static final String NAME = "000030000000042";

    private final Told told = new Told();

    static Stream<WireCodec> codecs() {
        return Stream.of(WireCodec.PROTO, WireCodec.JSON);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aPacketIsToldFrameByFrame(WireCodec codec) throws Exception {
        read(
                codec,
                welcome(),
                new ServerFrame.Reply(5, Status.OK, new Result.Send(DIRECT, 17, 1, false)),
                new ServerFrame.Reply(6, Status.of(429, "later"), null),
                new ServerFrame.Reply(7, Status.OK, new Result.Group(GROUP, "G", 3, List.of(), null)),
                new ServerFrame.Receipt(DIRECT, ALICE, 3, 2),
                deliver(DIRECT, message(18, NAME, NAME + "xyz"), message(19, NAME, NAME + "xyz")),
                deliver(GROUP, message(4, NAME, NAME)));

        assertThat(told.events)
                .containsExactly(
                        "welcomed",
                        "replied 5 200 17",
                        "replied 6 429 0",
                        "replied 7 200 3",
                        "delivered true 18 30000000042 18",
                        "delivered true 19 30000000042 18",
                        "delivered false 4 30000000042 15");
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aMessageWhoseBodyDoesNotBeginWithItsNameHasNone(WireCodec codec) throws Exception {
        read(
                codec,
                deliver(DIRECT, message(1, NAME, "000030000000043")),
                deliver(DIRECT, message(2, "m-1", "hello")),
                deliver(DIRECT, message(3, NAME, "")));

        assertThat(told.events)
                .containsExactly("delivered true 1 -1 15", "delivered true 2 -1 5", "delivered true 3 -1 0");
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void whatIsNotAsItShouldBeIsTrouble(WireCodec codec) throws Exception {
        read(
                codec,
                new ServerFrame.Error(Status.of(422, "ack of seq 9")),
                new ServerFrame.Skipped(DIRECT, 1, 4, "retention"),
                new ServerFrame.GoAway("draining", 100));

        assertThat(told.events).hasSize(3).allMatch(event -> event.startsWith("trouble "));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void whatIsNoPacketIsAnError(WireCodec codec) {
        byte[] junk = {'{', '"', 9, 9, 9};

        assertThatThrownBy(() -> PacketReader.of(codec).read(junk, junk.length, new byte[0], told))
                .isInstanceOf(IOException.class);
    }

    @Test
    void numbersOfManySizesAreRead() throws Exception {
        for (long seq : new long[] {1, 127, 128, 16_384, 2_097_152, 1L << 40}) {
            read(WireCodec.PROTO, new ServerFrame.Reply(seq, Status.OK, new Result.Send(DIRECT, seq, seq, true)));
        }

        assertThat(told.events).hasSize(6).contains("replied 1099511627776 200 1099511627776");
    }

    private void read(WireCodec codec, ServerFrame... frames) throws IOException {
        byte[] packet = codec.packet(Arrays.stream(frames).map(codec::encode).toList());
        byte[] larger = Arrays.copyOf(packet, packet.length + 100);
        byte[] expected = DIRECT.value().getBytes(StandardCharsets.US_ASCII);
        PacketReader.of(codec).read(larger, packet.length, expected, told);
    }

    private static ServerFrame welcome() {
        return new ServerFrame.Welcome("s", "alice", "a-1", 1, 15_000, 256, new ServerFrame.Limits(1, 1, 1), true, "e");
    }

    private static ServerFrame deliver(ConversationId conversation, Message... messages) {
        return new ServerFrame.Deliver(conversation, List.of(messages));
    }

    private static Message message(long seq, String name, String text) {
        Content content =
                new Content(Content.MESSAGE, "text", Payload.text(text), Map.of("k", "v"), 0, List.of(ALICE), 0);
        return new Message(DIRECT, seq, 1_795_187_000_000L, ALICE, ClientMessageId.of(name), content);
    }

    private static final class Told implements PacketEvents {
        final List<String> events = new ArrayList<>();

        @Override
        public void welcomed() {
            events.add("welcomed");
        }

        @Override
        public void replied(long requestId, int code, long seq) {
            events.add("replied " + requestId + " " + code + " " + seq);
        }

        @Override
        public void delivered(boolean here, long seq, long name, int bodyBytes) {
            events.add("delivered " + here + " " + seq + " " + name + " " + bodyBytes);
        }

        @Override
        public void trouble(String what) {
            events.add("trouble " + what);
        }
    }
}
