package io.lastack.client;

import static io.lastack.client.World.DIRECT;
import static io.lastack.client.World.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.session.ClientFrame;
import io.lastack.session.ClientFrame.Position;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RestartTest {
    @Test
    void aRestartedClientStatesItsPositionsAndGoesOnFromThere() {
        World world = new World().online();
        world.server.say(DIRECT, 5);
        world.server.say(GROUP, 3);
        world.run(1);
        world.server.floors.clear();

        Seen after = new Seen();
        ImClient client = world.restarted(after);
        world.server.say(DIRECT, 2);
        client.start();
        world.run(1);

        ClientFrame.Hello hello = hellos(world).get(1);
        assertThat(hello.epoch()).isEqualTo("e1");
        assertThat(hello.resume())
                .containsExactlyInAnyOrder(new Position(DIRECT.value(), 5), new Position(GROUP.value(), 3));
        assertThat(after.seqs(DIRECT)).containsExactly(6L, 7L);
        assertThat(after.seqs(GROUP)).isEmpty();
    }

    @Test
    void whatWasShownAndNotConfirmedIsShownAgainToTheNextClient() {
        Deciding before = new Deciding();
        World world = new World(b -> b.listener(before)).online();
        world.server.say(DIRECT, 3);
        world.run(1);
        before.take(DIRECT, 1).acked();
        before.take(DIRECT, 3).acked();
        world.run(1);

        Seen after = new Seen();
        world.restarted(after).start();
        world.run(1);
        assertThat(after.seqs(DIRECT)).containsExactly(2L, 3L);
    }

    @Test
    void messagesOfTheOutboxAreSentByTheNextClientOnceAndInOrder() {
        World world = new World();
        world.server.unanswered = request -> request instanceof ClientFrame.Send;
        world.online();
        for (int i = 0; i < 5; i++) {
            world.send(DIRECT, "m" + i);
        }
        world.run(1);
        assertThat(world.server.log.texts(DIRECT)).containsExactly("m0");

        world.server.unanswered = request -> false;
        Seen after = new Seen();
        ImClient client = world.restarted(after);
        assertThat(client.outboxSize()).isEqualTo(5);
        client.start();
        world.run(1);
        assertThat(world.server.log.texts(DIRECT)).containsExactly("m0", "m1", "m2", "m3", "m4");
        assertThat(after.texts(DIRECT)).containsExactly("m0", "m1", "m2", "m3", "m4");
        assertThat(after.trace.stream().filter(line -> line.startsWith("sent"))).hasSize(5);
        assertThat(world.state.load().outbox()).isEmpty();
    }

    @Test
    void onlyThePositionsThatMovedLastAreStatedIfThereAreMany() {
        World world =
                new World(b -> b.options(ClientOptions.builder().maxResume(3).build())).online();
        for (int i = 0; i < 10; i++) {
            world.server.say(ConversationId.group("g" + i), 2);
            world.run(1);
        }
        world.server.say(ConversationId.group("g4"), 1);
        world.run(1);
        world.connector.cut();
        world.run(1);

        assertThat(hellos(world).get(1).resume())
                .containsExactly(new Position("group:g8", 2), new Position("group:g9", 2), new Position("group:g4", 3));
    }

    @Test
    void aServerThatLostAFewFloorsRepeatsAndTheApplicationSeesNothingOfIt() {
        World world =
                new World(b -> b.options(ClientOptions.builder().maxResume(0).build())).online();
        world.server.say(DIRECT, 50);
        world.run(1);
        world.server.floors.put(DIRECT, 20L);
        world.connector.cut();
        world.server.say(DIRECT, 1);
        world.run(1);

        assertThat(world.seen.seqs(DIRECT))
                .isEqualTo(LongStream.rangeClosed(1, 51).boxed().toList());
        assertThat(world.server.floors).containsEntry(DIRECT, 51L);
    }

    @Test
    void aNewEpochIsToldAndPositionsOfTheOldOneAreDropped() {
        World world = new World().online();
        world.server.say(DIRECT, 5);
        world.run(1);
        world.seen.trace.clear();

        world.server.loseEverything("e2");
        world.server.say(DIRECT, 2);
        world.connector.cut();
        world.run(1);

        assertThat(world.seen.trace)
                .containsExactly("Waiting", "Connecting", "epoch e1 -> e2", "Online", DIRECT + " 1", DIRECT + " 2");
        assertThat(world.server.floors).containsEntry(DIRECT, 2L);
        assertThat(world.state.load().epoch()).isEqualTo("e2");
        assertThat(world.state.load().floors()).containsExactly(java.util.Map.entry(DIRECT, 2L));
    }

    @Test
    void aWordOnAMessageOfAnOldEpochMovesNothing() {
        Deciding deciding = new Deciding();
        World world = new World(b -> b.listener(deciding)).online();
        world.server.say(DIRECT, 3);
        world.run(1);
        Confirmation old = deciding.take(DIRECT, 1);
        Confirmation alsoOld = deciding.take(DIRECT, 2);

        world.server.loseEverything("e2");
        world.server.say(DIRECT, 2);
        world.connector.cut();
        world.run(1);
        old.acked();
        alsoOld.nack("too late");
        world.run(1);
        assertThat(world.server.floors).isEmpty();
        assertThat(world.server.received(ClientFrame.Ack.class)).isEmpty();

        deciding.take(DIRECT, 1).acked();
        world.run(1);
        assertThat(world.server.floors).containsEntry(DIRECT, 1L);
    }

    @Test
    void aWordGivenBetweenTwoEpochsMovesNothing() {
        Deciding deciding = new Deciding();
        World world = new World(b -> b.listener(deciding)
                        .options(ClientOptions.builder()
                                .ackDelay(Duration.ofHours(1))
                                .build()))
                .online();
        world.server.say(DIRECT, 3);
        world.run(1);
        world.connector.cut();
        world.runtime.runUntilIdle();
        assertThat(world.client.state()).isInstanceOf(ConnectionState.Waiting.class);
        deciding.take(DIRECT, 1).acked();

        world.server.loseEverything("e2");
        world.server.say(DIRECT, 3);
        world.run(30);
        world.client.close();
        world.run(1);
        assertThat(world.server.received(ClientFrame.Ack.class)).isEmpty();
    }

    @Test
    void anOwnMessageOfAnOldEpochDoesNotStandInForOneOfTheNew() {
        World world = new World();
        world.server.say(GROUP, 9);
        world.server.floors.put(GROUP, 9L);
        world.server.unanswered = request -> request instanceof ClientFrame.Conversations;
        world.online();
        world.send(GROUP, "own, of the old epoch");
        world.run(1);
        assertThat(world.seen.seqs(GROUP)).isEmpty();

        world.server.loseEverything("e2");
        world.server.say(GROUP, 12);
        world.connector.cut();
        world.run(5);
        assertThat(world.seen.of(GROUP)).isEqualTo(world.server.log.of(GROUP));
    }

    @Test
    void positionsThatTheServerDoesNotTakeAreDroppedAlthoughTheEpochIsTheSame() {
        World world = new World().online();
        world.server.say(DIRECT, 5);
        world.run(1);
        world.server.resumes = false;
        world.server.floors.clear();
        world.connector.cut();
        world.run(1);
        assertThat(world.seen.trace).contains("epoch e1 -> e1");
        assertThat(world.seen.of(DIRECT)).hasSize(10);
    }

    @Test
    void theFirstEpochIsNoChange() {
        World world = new World().online();
        assertThat(world.seen.trace).containsExactly("Connecting", "Online");
        assertThat(world.state.load().epoch()).isEqualTo("e1");
    }

    @Test
    void unansweredMessagesOutliveAnEpoch() {
        World world = new World();
        world.server.unanswered = request -> request instanceof ClientFrame.Send;
        world.online();
        world.send(DIRECT, "hi");
        world.run(1);
        world.server.unanswered = request -> false;
        world.server.loseEverything("e2");
        world.connector.cut();
        world.run(1);
        assertThat(world.server.log.texts(DIRECT)).containsExactly("hi");
        assertThat(world.seen.texts(DIRECT)).containsExactly("hi");
    }

    private static List<ClientFrame.Hello> hellos(World world) {
        return world.server.received(ClientFrame.Hello.class);
    }
}
