package io.lastack.client;

import static io.lastack.client.World.DIRECT;
import static io.lastack.client.World.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.session.ClientFrame;
import io.lastack.session.ClientFrame.Nack;
import io.lastack.session.ClientFrame.Position;
import io.lastack.session.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AckTest {
    private final Deciding deciding = new Deciding();

    @Test
    void tenThousandMessagesAreDrainedWithOneAckForEveryHalfWindow() {
        World world = new World();
        world.server.say(DIRECT, 10_000);
        world.online();

        assertThat(world.seen.seqs(DIRECT)).isEqualTo(seqs(1, 10_000));
        assertThat(acks(world)).hasSizeLessThanOrEqualTo(10_000 / 128 + 1);
        assertThat(world.server.floors).containsEntry(DIRECT, 10_000L);
    }

    @Test
    void tenThousandMessagesOfAHundredConversationsAreDrainedWithAsFewAcks() {
        World world = new World();
        for (int c = 0; c < 100; c++) {
            world.server.say(ConversationId.group("g" + c), 100);
        }
        world.online();

        assertThat(acks(world)).hasSizeLessThanOrEqualTo(10_000 / 128 + 1);
        assertThat(world.server.floors)
                .hasSize(100)
                .allSatisfy((c, floor) -> assertThat(floor).isEqualTo(100));
    }

    @Test
    void halfAWindowIsAcknowledgedWhileTheRestOfItsPacketIsStillBeingProcessed() {
        List<Integer> acksWritten = new ArrayList<>();
        World[] world = new World[1];
        Seen counting = new Seen() {
            @Override
            public void message(Message message) {
                acksWritten.add(
                        world[0].connector.written(ClientFrame.Ack.class).size());
            }
        };
        world[0] = new World(b -> b.listener(counting));
        world[0].server.messagesPerFrame = 256;
        world[0].server.say(DIRECT, 256);
        world[0].online();
        assertThat(acksWritten.subList(0, 128)).containsOnly(0);
        assertThat(acksWritten.subList(128, 256)).containsOnly(1);
    }

    @Test
    void positionsOfVeryManyConversationsAreSpreadOverSomeFrames() {
        World world = new World();
        world.server.window = 10_000;
        for (int c = 0; c < 1_200; c++) {
            world.server.say(ConversationId.group("g" + c), 1);
        }
        world.online();
        assertThat(acks(world).stream().map(ack -> ack.positions().size())).containsExactly(500, 500, 200);
        assertThat(world.server.floors).hasSize(1_200);
    }

    @Test
    void floorsOfSeveralConversationsLeaveTogetherAfterTheDelay() {
        World world = new World(b -> b.options(
                        ClientOptions.builder().ackDelay(Duration.ofMillis(500)).build()))
                .online();
        world.server.say(DIRECT, 3);
        world.server.say(GROUP, 2);
        world.run(0.499);
        assertThat(acks(world)).isEmpty();

        world.run(0.001);
        assertThat(acks(world))
                .containsExactly(new ClientFrame.Ack(
                        List.of(new Position(DIRECT.value(), 3), new Position(GROUP.value(), 2)), List.of()));
    }

    @Test
    void whatIsConfirmedOutOfOrderMovesTheFloorOnlyWithoutAGap() {
        World world = new World(b -> b.listener(deciding)).online();
        world.server.say(DIRECT, 4);
        world.run(1);
        assertThat(deciding.seqs(DIRECT)).isEqualTo(seqs(1, 4));

        deciding.take(DIRECT, 2).acked();
        deciding.take(DIRECT, 4).acked();
        world.run(1);
        assertThat(world.server.floors).doesNotContainKey(DIRECT);

        deciding.take(DIRECT, 1).acked();
        world.run(1);
        assertThat(world.server.floors).containsEntry(DIRECT, 2L);

        deciding.take(DIRECT, 3).acked();
        world.run(1);
        assertThat(world.server.floors).containsEntry(DIRECT, 4L);
    }

    @Test
    void confirmationsBeyondWhatIsRememberedAreMadeUpForOnTheNextLink() {
        World world = new World(b -> b.listener(deciding));
        world.server.window = 6_000;
        world.server.say(DIRECT, 6_000);
        world.online();
        for (int seq = 2; seq <= 6_000; seq += 2) {
            deciding.take(DIRECT, seq).acked();
        }
        for (int seq = 1; seq <= 6_000; seq += 2) {
            deciding.take(DIRECT, seq).acked();
        }
        world.run(1);
        assertThat(world.server.floors.get(DIRECT)).isBetween(2_000L, 5_999L);

        world.connector.cut();
        world.run(1);
        assertThat(deciding.seqs(DIRECT)).isEqualTo(seqs(1, 6_000));
        assertThat(world.server.floors).containsEntry(DIRECT, 6_000L);
    }

    @Test
    void whatCountsAsHadMovesTheFloorOnlyOnceEverythingBelowIsConfirmed() {
        World world = new World(b -> b.listener(deciding)).online();
        world.server.say(DIRECT, 2);
        world.run(1);
        world.server.send(new ServerFrame.Skipped(DIRECT, 3, 4, "retention"));
        world.server.jumpTo(DIRECT, 4);
        world.run(1);
        assertThat(world.server.floors).doesNotContainKey(DIRECT);

        deciding.take(DIRECT, 2).acked();
        world.run(1);
        assertThat(world.server.floors).doesNotContainKey(DIRECT);

        deciding.take(DIRECT, 1).acked();
        world.run(1);
        assertThat(world.server.floors).containsEntry(DIRECT, 4L);
    }

    @Test
    void theFirstWordOnAMessageCounts() {
        World world = new World(b -> b.listener(deciding)).online();
        world.server.say(DIRECT, 1);
        world.run(1);
        Confirmation confirmation = deciding.take(DIRECT, 1);
        confirmation.acked();
        confirmation.nack("changed my mind");
        world.run(1);

        assertThat(world.server.floors).containsEntry(DIRECT, 1L);
        assertThat(nacks(world)).isEmpty();
    }

    @Test
    void aWordOnOneShowingOfAMessageIsNoneOnTheNext() {
        World world = new World(b -> b.listener(deciding)).online();
        world.server.say(DIRECT, 1);
        world.run(0.1);
        Confirmation first = deciding.take(DIRECT, 1);
        first.nack("not now");
        world.run(1);
        assertThat(deciding.seqs(DIRECT)).containsExactly(1L, 1L);
        first.acked();
        world.run(1);
        assertThat(world.server.floors).doesNotContainKey(DIRECT);

        deciding.take(DIRECT, 1).acked();
        world.run(1);
        assertThat(world.server.floors).containsEntry(DIRECT, 1L);
    }

    @Test
    void aListenerThatThrowsRefusesTheMessageAndSeesItAgainBeforeTheNext() {
        List<String> tried = new ArrayList<>();
        Seen failingOnce = new Seen() {
            @Override
            public void message(Message message) {
                String place = message.conversation() + " " + message.seq();
                boolean again = tried.contains(place);
                tried.add(place);
                if (place.equals(DIRECT + " 2") && !again) {
                    throw new IllegalStateException("secret words");
                }
                super.message(message);
            }
        };
        World world = new World(b -> b.listener(failingOnce)).online();
        world.server.say(DIRECT, 4);
        world.run(0.1);
        assertThat(tried).containsExactly(DIRECT + " 1", DIRECT + " 2");
        assertThat(world.server.floors).containsEntry(DIRECT, 1L);
        assertThat(nacks(world))
                .containsExactly(new Nack(DIRECT.value(), 2, "the listener threw IllegalStateException"));

        world.server.say(GROUP, 2);
        world.run(0.05);
        assertThat(failingOnce.seqs(GROUP)).containsExactly(1L, 2L);

        world.run(1);
        assertThat(tried)
                .filteredOn(place -> place.startsWith(DIRECT.value()))
                .containsExactly(DIRECT + " 1", DIRECT + " 2", DIRECT + " 2", DIRECT + " 3", DIRECT + " 4");
        assertThat(failingOnce.seqs(DIRECT)).isEqualTo(seqs(1, 4));
        assertThat(world.server.floors).containsEntry(DIRECT, 4L);
    }

    @Test
    void aRefusedMessageThatRetentionRemovesNoLongerHoldsUpTheNext() {
        World world = new World(b -> b.listener(deciding)).online();
        world.server.say(DIRECT, 2);
        world.run(0.01);
        deciding.take(DIRECT, 1).acked();
        deciding.take(DIRECT, 2).nack("not now");
        world.run(0.1);
        world.server.say(DIRECT, 1);
        world.run(0.01);
        assertThat(deciding.seqs(DIRECT)).containsExactly(1L, 2L);

        world.server.send(new ServerFrame.Skipped(DIRECT, 2, 2, "retention"));
        world.run(0.01);
        assertThat(deciding.seqs(DIRECT)).containsExactly(1L, 2L, 3L);
        deciding.take(DIRECT, 3).acked();
        world.run(0.05);
        assertThat(world.server.floors).containsEntry(DIRECT, 3L);
    }

    @Test
    void whatWasRefusedIsSeenAgainOnTheNextLink() {
        World world = new World(b -> b.listener(deciding)).online();
        world.server.say(DIRECT, 3);
        world.run(0.1);
        deciding.take(DIRECT, 2).nack("not now");
        world.run(0.1);
        world.connector.cut();
        world.run(5);
        assertThat(deciding.seqs(DIRECT)).containsExactly(1L, 2L, 3L, 2L);

        List.of(1, 2, 3).forEach(seq -> deciding.take(DIRECT, seq).acked());
        world.run(1);
        assertThat(world.server.floors).containsEntry(DIRECT, 3L);
    }

    @Test
    void whatIsShownAndUndecidedIsNotShownAgainOnTheNextLink() {
        World world = new World(b -> b.listener(deciding)).online();
        world.server.say(DIRECT, 3);
        world.run(1);
        world.connector.cut();
        world.run(5);
        assertThat(deciding.seqs(DIRECT)).isEqualTo(seqs(1, 3));

        List.of(3, 2, 1).forEach(seq -> deciding.take(DIRECT, seq).acked());
        world.run(1);
        assertThat(world.server.floors).containsEntry(DIRECT, 3L);
    }

    @Test
    void theWindowBoundsWhatIsUndecided() {
        World world = new World(b -> b.listener(deciding));
        world.server.window = 16;
        world.server.say(DIRECT, 100);
        world.online();
        assertThat(deciding.open).hasSize(16);
    }

    @Test
    void floorsAreKeptBeforeTheyAreTold() {
        World world = new World();
        world.server.say(DIRECT, 10);
        world.client.start();
        while (acks(world).isEmpty()) {
            assertThat(world.runtime.pending()).isPositive();
            world.run(0.001);
            if (!acks(world).isEmpty()) {
                assertThat(world.state.load().floors()).containsEntry(DIRECT, 10L);
            }
        }
    }

    @Test
    void closingTellsWhatIsConfirmed() {
        World world = new World(b -> b.options(
                        ClientOptions.builder().ackDelay(Duration.ofHours(1)).build()))
                .online();
        world.server.say(DIRECT, 5);
        world.run(1);
        assertThat(world.server.floors).isEmpty();

        world.client.close();
        world.run(1);
        assertThat(world.server.floors).containsEntry(DIRECT, 5L);
        assertThat(world.server.isConnected()).isFalse();
    }

    private static List<ClientFrame.Ack> acks(World world) {
        return world.server.received(ClientFrame.Ack.class);
    }

    private static List<Nack> nacks(World world) {
        return acks(world).stream().flatMap(ack -> ack.nacks().stream()).toList();
    }

    private static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
