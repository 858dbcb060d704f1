package io.lastack.client;

import static io.lastack.client.World.DIRECT;
import static io.lastack.client.World.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ViewTest {
    @Test
    void aBacklogIsSeenOnceAndInOrder() {
        World world = new World();
        world.server.say(DIRECT, 500);
        world.server.say(GROUP, 300);
        world.online();

        assertThat(world.seen.seqs(DIRECT)).isEqualTo(seqs(1, 500));
        assertThat(world.seen.seqs(GROUP)).isEqualTo(seqs(1, 300));
        assertThat(world.server.floors).containsEntry(DIRECT, 500L).containsEntry(GROUP, 300L);
    }

    @Test
    void whatIsSentAgainIsNotSeenAgainButAcknowledgedAgain() {
        World world = new World().online();
        world.server.say(DIRECT, 3);
        world.run(1);
        world.server.received.clear();

        world.server.send(new ServerFrame.Deliver(DIRECT, world.server.log.of(DIRECT)));
        world.run(1);

        assertThat(world.seen.seqs(DIRECT)).isEqualTo(seqs(1, 3));
        assertThat(world.server.received(ClientFrame.Ack.class))
                .containsExactly(new ClientFrame.Ack(List.of(new ClientFrame.Position(DIRECT.value(), 3)), List.of()));
    }

    @Test
    void ownMessagesAreSeenByTheirReplyInTheirPlaceAmongTheOthers() {
        World world = new World().online();
        world.server.say(DIRECT, "hello");
        world.send(DIRECT, "hi");
        world.run(1);
        world.server.say(DIRECT, "how are you");
        world.run(1);

        assertThat(world.seen.texts(DIRECT)).containsExactly("hello", "hi", "how are you");
        assertThat(world.seen.of(DIRECT).get(1))
                .isEqualTo(world.server.log.of(DIRECT).get(1));
        assertThat(world.server.floors).containsEntry(DIRECT, 3L);
    }

    @Test
    void anOwnMessageThatIsAlsoDeliveredIsSeenOnce() {
        World world = new World().online();
        world.send(DIRECT, "hi");
        world.run(1);
        world.server.send(new ServerFrame.Deliver(DIRECT, world.server.log.of(DIRECT)));
        world.run(1);
        assertThat(world.seen.texts(DIRECT)).containsExactly("hi");
    }

    @Test
    void anOwnMessageRepliedAheadOfTheBacklogWaitsForIt() {
        World world = new World();
        world.server.window = 4;
        world.server.say(DIRECT, 6);
        Deciding slow = new Deciding();
        ImClient client = world.restarted(slow);
        client.start();
        world.run(1);
        client.send(DIRECT, Content.text("own"));
        world.run(1);
        assertThat(slow.seqs(DIRECT)).isEqualTo(seqs(1, 4));

        slow.open.values().forEach(Confirmation::acked);
        world.run(1);
        assertThat(slow.seqs(DIRECT)).isEqualTo(seqs(1, 7));
        assertThat(slow.texts(DIRECT)).endsWith("bob 6", "own");
    }

    @Test
    void aSeqThatTheStreamJumpsOverCountsAsHad() {
        World world = new World().online();
        world.server.say(DIRECT, 2);
        world.run(1);
        for (int i = 0; i < 3; i++) {
            world.server.log.append(
                    DIRECT, ScriptedServer.BOB, ClientMessageId.of("hidden-" + i), Content.text("not for alice"), 0);
        }
        world.server.jumpTo(DIRECT, 5);
        world.server.say(DIRECT, "back again");
        world.run(1);

        assertThat(world.seen.seqs(DIRECT)).containsExactly(1L, 2L, 6L);
        assertThat(world.server.floors).containsEntry(DIRECT, 6L);
    }

    @Test
    void skippedMessagesAreToldInTheirPlaceAndCountAsHad() {
        World world = new World().online();
        world.server.say(DIRECT, 2);
        world.run(1);
        world.server.jumpTo(DIRECT, 1_000_000);
        world.server.send(new ServerFrame.Skipped(DIRECT, 3, 1_000_000, "retention"));
        world.run(1);

        assertThat(world.seen.trace).endsWith(DIRECT + " 2", DIRECT + " skipped 3..1000000 retention");
        assertThat(world.server.floors).containsEntry(DIRECT, 1_000_000L);
    }

    @Test
    void onANewDeviceTheFirstOwnMessageFindsItsPlaceByTheListOfConversations() {
        World world = new World();
        for (int i = 0; i < 5; i++) {
            world.server.say(ConversationId.group("a-" + i), 1);
        }
        world.server.say(GROUP, 9);
        world.server.floors.put(GROUP, 9L);
        world.online();
        world.send(GROUP, "own");
        world.run(1);

        assertThat(world.seen.seqs(GROUP)).containsExactly(10L);
        assertThat(world.server.floors).containsEntry(GROUP, 10L);
    }

    @Test
    void onANewDeviceAnOwnMessageAheadOfAnUnknownBacklogLosesNoneOfIt() {
        World world = new World();
        world.server.window = 1;
        world.server.say(DIRECT, 1);
        world.server.say(GROUP, 5);
        Deciding slow = new Deciding();
        ImClient client = world.restarted(slow);
        client.start();
        world.run(1);
        client.send(GROUP, Content.text("own"));
        world.run(1);
        assertThat(slow.seqs(GROUP)).isEmpty();

        for (int i = 0; i < 10; i++) {
            List.copyOf(slow.open.values()).forEach(Confirmation::acked);
            world.run(1);
        }
        assertThat(slow.seqs(GROUP)).isEqualTo(seqs(1, 6));
    }

    @Test
    void onANewDeviceAnOwnMessageIsShownBeforeTheNextOfOthersAlthoughTheListOfConversationsIsLate() {
        World world = new World();
        world.server.say(GROUP, 9);
        world.server.floors.put(GROUP, 9L);
        world.server.unanswered = request -> request instanceof ClientFrame.Conversations;
        world.online();
        world.send(GROUP, "own");
        world.run(1);
        world.server.say(GROUP, 1);
        world.run(1);
        assertThat(world.seen.seqs(GROUP)).containsExactly(10L, 11L);
        assertThat(world.server.floors).containsEntry(GROUP, 11L);
    }

    @Test
    void conversationsThatAreSentToWhileTheListIsReadAreFoundTooWhereverTheyStandInIt() {
        World world = new World();
        for (int i = 0; i < 8; i++) {
            ConversationId conversation = ConversationId.group("g-" + i);
            world.server.say(conversation, 3);
            world.server.floors.put(conversation, 3L);
        }
        world.server.refusal = request -> {
            if (request instanceof ClientFrame.Conversations page && "group:g-1".equals(page.cursor())) {
                world.send(ConversationId.group("g-0"), "late");
            }
            return null;
        };
        world.online();
        world.send(ConversationId.group("g-7"), "first");
        world.run(1);
        assertThat(world.seen.seqs(ConversationId.group("g-7"))).containsExactly(4L);
        assertThat(world.seen.seqs(ConversationId.group("g-0"))).containsExactly(4L);
    }

    private static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
