package io.lastack.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.internal.cluster.ClusterSignal.Affected;
import io.lastack.internal.cluster.ClusterSignal.Appended;
import io.lastack.internal.cluster.ClusterSignal.Claimed;
import io.lastack.internal.cluster.ClusterSignal.Disconnect;
import io.lastack.internal.cluster.ClusterSignal.Entry;
import io.lastack.internal.cluster.ClusterSignal.Ephemeral;
import io.lastack.internal.cluster.ClusterSignal.Goodbye;
import io.lastack.internal.cluster.ClusterSignal.Head;
import io.lastack.internal.cluster.ClusterSignal.Heartbeat;
import io.lastack.internal.cluster.ClusterSignal.InRoom;
import io.lastack.internal.cluster.ClusterSignal.Joined;
import io.lastack.internal.cluster.ClusterSignal.Move;
import io.lastack.internal.cluster.ClusterSignal.Moved;
import io.lastack.internal.cluster.ClusterSignal.Presence;
import io.lastack.internal.cluster.ClusterSignal.Revoked;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignalCodecTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final ConversationId CHAT = ConversationId.direct(ALICE, BOB);
    private static final ConversationId TEAM = ConversationId.group("team");
    private static final Content RICH = new Content(
            Content.MESSAGE,
            "text",
            Payload.text("grüß dich 👋"),
            Map.of("k", "v", "leer", ""),
            3,
            List.of(ALICE, BOB),
            2);

    private static Message message(ConversationId conversation, long seq, Content content) {
        return new Message(conversation, seq, 1_795_187_000_000L, ALICE, ClientMessageId.of("m-" + seq), content);
    }

    static List<ClusterSignal> signals() {
        Content bytes = Content.message("image", Payload.bytes(new byte[] {0, -1, 127, -128}));
        return List.of(
                new Appended(
                        "an epoch",
                        List.of(
                                new Entry(CHAT, 7, message(CHAT, 7, RICH), Affected.NOBODY),
                                new Entry(TEAM, 1L << 40, message(TEAM, 1L << 40, bytes), Affected.EVERYBODY),
                                new Entry(TEAM, 9, null, new Affected(false, List.of(BOB))))),
                new Appended("", List.of()),
                new Joined(TEAM, List.of(ALICE, BOB)),
                new Moved(List.of(new Move(CHAT, BOB, 0, 300, true), new Move(TEAM, ALICE, 5, 6, false))),
                new Ephemeral(CHAT, "typing", Body.of("…"), BOB),
                new InRoom("lobby", "seek", Body.NONE, ALICE, 1_795_187_000_000L),
                new Claimed(ALICE, DeviceId.of("phone"), 1_795_187_000_000L, "00ff"),
                new Disconnect(BOB, "out"),
                new Revoked(BOB, null, 1_795_187_000_000L),
                new Revoked(BOB, DeviceId.of("phone"), 0),
                new Presence(List.of(BOB)),
                new Heartbeat("an epoch", List.of(new Head(CHAT, 7), new Head(TEAM, 1))),
                new Goodbye());
    }

    @ParameterizedTest
    @MethodSource("signals")
    void aSignalIsReadAsItWasWritten(ClusterSignal signal) {
        SignalCodec.Letter letter = SignalCodec.decode(SignalCodec.encode("node-1/ab", signal));
        assertThat(letter).isEqualTo(new SignalCodec.Letter("node-1/ab", signal));
    }

    @Test
    void bytesOfABodyArriveWhole() {
        byte[] data = {1, 2, 0, -1};
        SignalCodec.Letter letter =
                SignalCodec.decode(SignalCodec.encode("n", new Ephemeral(CHAT, "e", new Body(null, data), BOB)));
        assertThat(((Ephemeral) letter.signal()).payload().bytes()).isEqualTo(data);
    }

    @ParameterizedTest
    @MethodSource("signals")
    void aSignalThatEndsEarlyIsRefused(ClusterSignal signal) {
        byte[] whole = SignalCodec.encode("node-1", signal);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> SignalCodec.decode(part)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void aSignalOfANewerVersionOrUnknownSortIsLeftAlone() {
        assertThat(SignalCodec.decode(new SignalWriter().number(2).bytes())).isNull();
        assertThat(SignalCodec.decode(
                        new SignalWriter().number(1).text("n").number(99).bytes()))
                .isNull();
    }

    @Test
    void damagedBytesGiveAnExceptionOrASignalAndNothingWorse() {
        SplittableRandom random = new SplittableRandom(20261128);
        List<ClusterSignal> signals = signals();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = SignalCodec.encode("node-1", signals.get(random.nextInt(signals.size())));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                SignalCodec.decode(bytes);
            } catch (RuntimeException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
