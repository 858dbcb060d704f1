package io.lastack.engine;

import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreFaultTest {
    private static final String CHAT = "direct:alice~bob";

    private final FaultyStore store = new FaultyStore();
    private final Scene scene = new Scene(store, b -> b);

    @Test
    void anAppendWhoseAnswerIsLostIsStoredOnceConfirmedAndDelivered() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        store.failAppendsAfter = 2;
        long id = alice.send("user:bob", "m1", "x");
        scene.pass(Duration.ofSeconds(2));

        assertThat(((Result.Send) alice.reply(id).result()).seq()).isEqualTo(1);
        assertThat(bob.seqs(CHAT))
                .as("bob is told although the store called it a repeat")
                .containsExactly(1L);
        assertThat(scene.engine.messages().lastSeq(ConversationId.parse(CHAT))).isEqualTo(1);
    }

    @Test
    void anAppendThatFailsForASecondOrSoSucceedsLate() {
        RawClient alice = scene.join("alice");
        store.failAppendsBefore = 3;
        long id = alice.send("user:bob", "m1", "x");
        scene.pass(Duration.ofSeconds(2));
        assertThat(alice.reply(id).status().isOk()).isTrue();
    }

    @Test
    void anAppendThatKeepsFailingIsARetryableErrorAndNothingIsWrong() {
        RawClient alice = scene.join("alice");
        store.failAppendsBefore = 4;
        long failed = alice.send("user:bob", "m1", "x");
        scene.pass(Duration.ofSeconds(5));
        assertThat(alice.reply(failed).status().code()).isEqualTo(503);
        assertThat(alice.reply(failed).status().retryAfterMillis()).isPositive();

        long again = alice.send("user:bob", "m1", "x");
        scene.run();
        assertThat(((Result.Send) alice.reply(again).result()).seq()).isEqualTo(1);
    }

    @Test
    void aLogThatIsReadAsItWasBeforeCostsLatencyAndNoMessage() {
        for (int i = 1; i <= 3; i++) {
            var unused = scene.engine
                    .messages()
                    .send(Draft.text(
                            UserId.of("alice"), ConversationId.parse(CHAT), "nobody watches, no tail is kept"));
            scene.run();
        }
        store.staleReads = 3;
        RawClient bob = scene.join("bob");
        assertThat(bob.seqs(CHAT)).isEmpty();

        scene.pass(Duration.ofSeconds(4));
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void oneMessageThatCannotBeStoredFailsAlone() {
        store.poison = draft -> draft.content().payload().asText().equals("poison");
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        ClientFrame.Send[] packet = {
            alice.sendFrame("user:bob", "m1", "good"),
            alice.sendFrame("user:bob", "m2", "poison"),
            alice.sendFrame("user:bob", "m3", "good too")
        };
        alice.write(packet);
        scene.run();
        assertThat(alice.reply(packet[0].requestId()).status().code()).isEqualTo(200);
        assertThat(alice.reply(packet[1].requestId()).status().code()).isEqualTo(500);
        assertThat(alice.reply(packet[2].requestId()).status().code()).isEqualTo(200);
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L);
    }

    @Test
    void aConversationThatSomebodyHoldsLockedDoesNotHoldUpTheOthers() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        store.locked = ConversationId.parse(CHAT)::equals;
        ClientFrame.Send[] packet = {
            alice.sendFrame("user:bob", "m1", "held"),
            alice.sendFrame("user:carol", "m2", "free"),
            alice.sendFrame("user:bob", "m3", "held too"),
            alice.sendFrame("user:dave", "m4", "free too")
        };
        alice.write(packet);
        scene.run();
        assertThat(alice.reply(packet[1].requestId()).status().isOk()).isTrue();
        assertThat(alice.reply(packet[3].requestId()).status().isOk()).isTrue();
        assertThat(alice.hasReply(packet[0].requestId())).isFalse();

        long later = alice.send("user:bob", "m5", "after them");
        long other = alice.send("user:carol", "m6", "free again");
        scene.run();
        assertThat(alice.reply(other).status().isOk()).isTrue();
        assertThat(alice.hasReply(later)).isFalse();

        store.locked = conversation -> false;
        scene.pass(Duration.ofSeconds(1));
        assertThat(((Result.Send) alice.reply(packet[0].requestId()).result()).seq())
                .isEqualTo(1);
        assertThat(((Result.Send) alice.reply(packet[2].requestId()).result()).seq())
                .isEqualTo(2);
        assertThat(((Result.Send) alice.reply(later).result()).seq()).isEqualTo(3);
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L, 3L);

        long at = alice.send("user:bob", "m7", "as ever");
        scene.run();
        assertThat(((Result.Send) alice.reply(at).result()).seq()).isEqualTo(4);
    }

    @Test
    void aConversationThatStaysLockedIsARetryableErrorForItsOwnSendersOnly() {
        RawClient alice = scene.join("alice");
        store.locked = ConversationId.parse(CHAT)::equals;
        long held = alice.send("user:bob", "m1", "held");
        long free = alice.send("user:carol", "m2", "free");
        scene.pass(Duration.ofSeconds(5));
        assertThat(alice.reply(free).status().isOk()).isTrue();
        assertThat(alice.reply(held).status().code()).isEqualTo(503);
        assertThat(alice.reply(held).status().retryAfterMillis()).isPositive();
        int tries = store.refusedAsLocked;
        scene.pass(Duration.ofSeconds(5));
        assertThat(store.refusedAsLocked).as("nobody waits any more").isEqualTo(tries);

        store.locked = conversation -> false;
        long again = alice.send("user:bob", "m1", "held");
        scene.run();
        assertThat(((Result.Send) alice.reply(again).result()).seq()).isEqualTo(1);
    }

    @Test
    void aStoreThatFailsWhileALockedBatchIsTakenApartLosesAndDoublesNothing() {
        RawClient alice = scene.join("alice");
        store.locked = ConversationId.parse(CHAT)::equals;
        ClientFrame.Send[] packet = {
            alice.sendFrame("user:carol", "m1", "free"),
            alice.sendFrame("user:bob", "m2", "held"),
            alice.sendFrame("user:dave", "m3", "free too")
        };
        store.failAppendsAfter = 2;
        alice.write(packet);
        scene.run();
        store.locked = conversation -> false;
        scene.pass(Duration.ofSeconds(3));
        for (ClientFrame.Send send : packet) {
            assertThat(((Result.Send) alice.reply(send.requestId()).result()).seq())
                    .isEqualTo(1);
        }
    }

    @Test
    void aReadOfTheBacklogThatFailsIsTriedAgain() {
        for (int i = 0; i < 100; i++) {
            scene.engine.messages().send(Draft.text(UserId.of("alice"), ConversationId.parse(CHAT), "x"));
        }
        scene.run();
        store.failReads = 3;
        RawClient bob = scene.join("bob");
        bob.acksAtOnce = true;
        scene.pass(Duration.ofSeconds(3));
        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, 100));
    }

    @Test
    void floorsThatCouldNotBeStoredAreKeptAndStoredLater() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.send("user:bob", "m1", "x");
        scene.run();
        store.failCursors = 5;
        bob.ack(CHAT, 1);
        scene.pass(Duration.ofSeconds(30));
        scene.crash();
        assertThat(scene.join("bob").seqs(CHAT)).isEmpty();
    }
}
