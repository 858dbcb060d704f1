package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.session.ClientFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A few hundred messages in three conversations: a backlog, some that Bob says meanwhile, and some that alice's client
 * sends, before it is online and after. Whatever happens to the link, the end is always the same.
 */
final class Scenario {
    private static final int BACKLOG = 40;
    private static final int SPOKEN = 30;
    private static final int SENT = 12;

    final World world;
    final List<ConversationId> conversations = List.of(World.DIRECT, World.GROUP, ConversationId.group("quiet"));
    private final List<CompletionStage<Sent>> sends = new ArrayList<>();

    Scenario(World world) {
        this.world = world;
        world.server.window = 32;
        world.server.messagesPerFrame = 5;
    }

    /** Runs to the end, with time enough for the client to recover from anything. */
    void play() {
        conversations.forEach(conversation -> world.server.say(conversation, BACKLOG));
        sendAll("early", SENT / 2);
        world.client.start();
        for (int i = 0; i < SPOKEN; i++) {
            world.runtime.advance(Duration.ofMillis(20));
            for (ConversationId conversation : conversations) {
                world.server.say(conversation, "spoken " + i);
            }
            if (i % 5 == 0) {
                sendAll("late " + i, 1);
            }
        }
        world.run(120);
    }

    private void sendAll(String text, int each) {
        for (int i = 0; i < each; i++) {
            for (ConversationId conversation : conversations) {
                sends.add(world.send(conversation, text + " " + i));
            }
        }
    }

    void check() {
        for (ConversationId conversation : conversations) {
            List<Message> log = world.server.log.of(conversation);
            assertThat(log).hasSize(BACKLOG + SPOKEN + SENT);
            assertThat(world.seen.of(conversation)).isEqualTo(log);
            assertThat(ownTexts(log)).isEqualTo(expectedOwnTexts());
            assertThat(world.server.floors).containsEntry(conversation, (long) log.size());
            assertThat(world.state.load().floors()).containsEntry(conversation, (long) log.size());
        }
        assertThat(sends).allSatisfy(sent -> assertThat(sent).isCompleted());
        assertThat(world.client.outboxSize()).isZero();
        assertThat(world.state.load().outbox()).isEmpty();
    }

    int ackFrames() {
        return world.server.received(ClientFrame.Ack.class).size();
    }

    private static List<String> ownTexts(List<Message> log) {
        return log.stream()
                .filter(m -> m.sender().equals(ScriptedServer.ALICE))
                .map(m -> m.content().payload().asText())
                .toList();
    }

    private static List<String> expectedOwnTexts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < SENT / 2; i++) {
            texts.add("early " + i);
        }
        for (int i = 0; i < SPOKEN; i += 5) {
            texts.add("late " + i + " 0");
        }
        return texts;
    }
}
