package io.lastack.engine;

import static io.lastack.engine.Scene.at;
import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.CursorKey;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final String CHAT = "direct:alice~bob";
    private static final Duration FLUSH = Duration.ofMillis(250);

    @Test
    void aMessageReachesTheOtherUserAndTheSendersOtherDeviceButNotTheSendingOne() {
        Scene scene = new Scene();
        RawClient phone = scene.join("alice", "phone");
        RawClient web = scene.join("alice", "web");
        RawClient bob = scene.join("bob");

        long id = phone.send("user:bob", "m-1", "hi");
        scene.run();

        assertThat(phone.reply(id).status().code()).isEqualTo(200);
        assertThat((Result.Send) phone.reply(id).result())
                .extracting(Result.Send::conversation, Result.Send::seq, Result.Send::duplicate)
                .containsExactly(ConversationId.parse(CHAT), 1L, false);
        assertThat(bob.delivered(CHAT))
                .extracting(
                        Message::seq,
                        m -> m.sender().value(),
                        m -> m.content().payload().asText())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1L, "alice", "hi"));
        assertThat(web.seqs(CHAT)).containsExactly(1L);
        assertThat(phone.delivered(CHAT)).isEmpty();
    }

    @Test
    void theReplyStandsInThePlaceOfTheMessageAndComesBeforeAnyLaterSeq() {
        Scene scene = new Scene();
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.acksAtOnce = true;
        bob.acksAtOnce = true;
        for (int i = 0; i < 50; i++) {
            alice.send("user:bob", "a" + i, "x");
            bob.send("user:alice", "b" + i, "y");
        }
        scene.run();

        for (RawClient client : List.of(alice, bob)) {
            List<Long> order = new ArrayList<>();
            for (ServerFrame frame : client.frames) {
                if (frame instanceof ServerFrame.Reply r && r.result() instanceof Result.Send sent) {
                    order.add(sent.seq());
                } else if (frame instanceof ServerFrame.Deliver d) {
                    d.messages().forEach(m -> order.add(m.seq()));
                }
            }
            assertThat(order).isEqualTo(seqs(1, 100));
        }
    }

    @Test
    void anOwnMessageThatFollowsOnWhatWasSentMayBeAckedBeforeTheWindowOpensForIt() {
        Scene scene = new Scene(EngineOptions.defaults().withWindow(10, 1 << 20));
        RawClient bob = scene.join("bob");
        sendMany(scene, 12);
        bob.send("user:alice", "b-1", "of my own");
        scene.run();
        bob.ack(CHAT, 2);
        scene.run();
        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, 12));

        bob.ack(CHAT, 13);
        scene.run();
        sendMany(scene, 20);

        assertThat(bob.frames).noneMatch(ServerFrame.Error.class::isInstance);
        assertThat(bob.seqs(CHAT).subList(12, 22)).isEqualTo(seqs(14, 23));
        bob.ack(CHAT, 25);
        scene.run();
        assertThat(bob.frames).anyMatch(ServerFrame.Error.class::isInstance);
    }

    @Test
    void aUserWhoWasAwayGetsEverythingInOrderPageByPageWithOneAckAPage() {
        Scene scene = new Scene();
        RawClient bob = scene.join("bob");
        bob.write(new ClientFrame.Ack(List.of(), List.of()));
        scene.transport.links().forEach(l -> l.cut());
        scene.run();
        sendMany(scene, 10_000);

        RawClient back = new RawClient("bob", "bob-1");
        back.acksAtOnce = true;
        scene.transport.connect(back);
        scene.run();
        back.hello();
        scene.run();

        assertThat(back.seqs(CHAT)).isEqualTo(seqs(1, 10_000));
        assertThat(back.ackFrames).isLessThanOrEqualTo(100);
    }

    private static void sendMany(Scene scene, int count) {
        for (int i = 0; i < count; i++) {
            scene.engine.messages().send(Draft.text(UserId.of("alice"), ConversationId.parse(CHAT), "text " + i));
        }
        scene.run();
    }

    @Test
    void aConnectionThatDoesNotAckGetsNoMoreThanItsWindow() {
        Scene scene = new Scene(EngineOptions.defaults().withWindow(10, 1 << 20));
        RawClient bob = scene.join("bob");
        sendMany(scene, 100);
        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, 10));

        bob.ack(CHAT, 4);
        scene.run();
        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, 14));
    }

    @Test
    void theWindowIsBoundedInBytesToo() {
        Scene scene = new Scene(EngineOptions.defaults().withWindow(100, 10_000));
        RawClient bob = scene.join("bob");
        for (int i = 0; i < 50; i++) {
            scene.engine.messages().send(Draft.text(UserId.of("alice"), ConversationId.parse(CHAT), "x".repeat(1_000)));
        }
        scene.run();
        assertThat(bob.delivered(CHAT)).hasSizeBetween(5, 10);
    }

    @Test
    void liveMessagesNeverOvertakeTheBacklogOfTheirConversation() {
        Scene scene = new Scene(EngineOptions.defaults().withWindow(7, 1 << 20));
        sendMany(scene, 100);
        RawClient bob = scene.connect("bob", "bob-1");
        bob.acksAtOnce = true;
        bob.hello();
        for (int i = 0; i < 200; i++) {
            scene.engine.messages().send(Draft.text(UserId.of("alice"), ConversationId.parse(CHAT), "live " + i));
            scene.runtime.runNext();
            scene.runtime.runNext();
        }
        scene.run();
        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, 300));
    }

    @Test
    void otherConversationsGoOnWhileOneIsRefused() {
        Scene scene = new Scene();
        RawClient bob = scene.join("bob");
        scene.engine.messages().send(Draft.text(UserId.of("alice"), ConversationId.parse(CHAT), "poison"));
        scene.run();
        bob.nack(CHAT, 1);
        scene.run();
        RawClient carol = scene.join("carol");
        carol.send("user:bob", "c-1", "hello");
        scene.run();

        assertThat(bob.seqs("direct:bob~carol")).containsExactly(1L);
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
    }

    @Test
    void aRefusedMessageIsSentAgainWithBackOffThenTheListenerIsToldAndTheConnectionClosed() {
        List<String> told = new ArrayList<>();
        Scene scene = new Scene(b -> b.options(
                        EngineOptions.defaults().withRedelivery(Duration.ofSeconds(10), Duration.ofMillis(100), 3))
                .deliveryListener((device, seq, attempts, reason) ->
                        told.add(device.user() + " " + seq + " " + attempts + " " + reason)));
        RawClient bob = scene.join("bob");
        sendMany(scene, 3);
        bob.ack(CHAT, 1);
        bob.nack(CHAT, 2);
        scene.run();
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L, 3L);

        scene.pass(Duration.ofMillis(200));
        assertThat(bob.seqs(CHAT)).as("one at a time after a failure").containsExactly(1L, 2L, 3L, 2L);
        bob.nack(CHAT, 2);
        scene.pass(Duration.ofMillis(400));
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L, 3L, 2L, 2L);
        bob.nack(CHAT, 2);
        scene.pass(Duration.ofMillis(400));

        assertThat(told).containsExactly("bob 2 3 cannot");
        assertThat(bob.closed.code()).isEqualTo(CloseReason.SILENT);
        RawClient again = scene.join("bob");
        assertThat(again.seqs(CHAT)).as("the cursor stayed below it").startsWith(2L);
    }

    @Test
    void aRefusedMessageThatIsTakenLaterOpensTheConversationAgain() {
        Scene scene =
                new Scene(EngineOptions.defaults().withRedelivery(Duration.ofSeconds(10), Duration.ofMillis(100), 5));
        RawClient bob = scene.join("bob");
        sendMany(scene, 5);
        bob.nack(CHAT, 2);
        scene.pass(Duration.ofMillis(200));
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L, 3L, 4L, 5L);
        bob.ack(CHAT, 1);
        scene.pass(Duration.ofMillis(200));
        bob.ack(CHAT, 5);
        sendMany(scene, 2);
        scene.pass(Duration.ofMillis(200));
        assertThat(bob.seqs(CHAT)).endsWith(6L, 7L);
    }

    @Test
    void aSilentDeviceGetsTheMessageAgainAndIsClosedInTheEnd() {
        Scene scene = new Scene(EngineOptions.defaults()
                .withRedelivery(Duration.ofSeconds(2), Duration.ofMillis(100), 3)
                .withHeartbeat(Duration.ofMinutes(10)));
        RawClient bob = scene.join("bob");
        sendMany(scene, 1);
        scene.pass(Duration.ofSeconds(30));

        assertThat(bob.seqs(CHAT)).containsExactly(1L, 1L, 1L);
        assertThat(bob.closed.code()).isEqualTo(CloseReason.SILENT);
    }

    @Test
    void theFloorIsStoredAfterAnIntervalAndSurvivesACrash() {
        Scene scene = new Scene();
        RawClient bob = scene.join("bob");
        sendMany(scene, 10);
        bob.ack(CHAT, 6);
        scene.pass(FLUSH);
        assertThat(scene.engine.counters().ackRowsWritten()).isEqualTo(1);
        bob.ack(CHAT, 8);
        scene.run();
        scene.crash();

        assertThat(scene.join("bob").seqs(CHAT))
                .as("the last interval's floor may be lost: repeats, never a loss")
                .isEqualTo(seqs(7, 10));
    }

    @Test
    void aDeviceThatComesBackAtOnceSeesItsFloorBeforeItIsStored() {
        Scene scene = new Scene();
        RawClient bob = scene.join("bob");
        sendMany(scene, 10);
        bob.ack(CHAT, 6);
        scene.run();
        assertThat(scene.join("bob").seqs(CHAT)).isEqualTo(seqs(7, 10));
        assertThat(bob.closed.code()).isEqualTo(CloseReason.REPLACED);
    }

    @Test
    void aDeviceMayStateItsOwnPositions() {
        Scene scene = new Scene();
        RawClient bob = scene.join("bob");
        sendMany(scene, 10);
        bob.ack(CHAT, 6);
        scene.pass(FLUSH);

        assertThat(scene.join("bob", "bob-1", at(CHAT, 3)).seqs(CHAT))
                .as("a lower one only says where to start")
                .isEqualTo(seqs(4, 10));
        assertThat(scene.join("bob", "bob-1", at(CHAT, 9)).seqs(CHAT)).isEqualTo(seqs(10, 10));
        scene.pass(FLUSH);
        assertThat(scene.join("bob").seqs(CHAT)).as("a higher one is an ack").isEqualTo(seqs(10, 10));

        RawClient liar = scene.join("bob", "bob-1", at(CHAT, 99));
        assertThat(liar.saw(f -> f instanceof ServerFrame.Error e && e.status().code() == 409))
                .isTrue();
        assertThat(liar.seqs(CHAT)).isEqualTo(seqs(10, 10));
    }

    @Test
    void aNewDeviceStartsAtTheFirstMessageThatNoDeviceOfTheUserHasAndIsThenOnItsOwn() {
        Scene scene = new Scene();
        RawClient phone = scene.join("bob", "phone");
        sendMany(scene, 10);
        phone.ack(CHAT, 4);
        scene.pass(FLUSH);

        assertThat(scene.join("bob", "web").seqs(CHAT)).isEqualTo(seqs(5, 10));
        phone.ack(CHAT, 10);
        scene.pass(FLUSH);
        assertThat(scene.join("bob", "web").seqs(CHAT))
                .as("known by now: its own floor counts")
                .isEqualTo(seqs(5, 10));
    }

    @Test
    void ackOfWhatWasNeverSentIsAnsweredAndNotApplied() {
        Scene scene = new Scene();
        RawClient bob = scene.join("bob");
        sendMany(scene, 2);
        bob.ack(CHAT, 3);
        bob.ack("group:none", 1);
        bob.nack(CHAT, 9);
        scene.pass(FLUSH);

        assertThat(bob.all(ServerFrame.Error.class))
                .extracting(e -> e.status().code())
                .containsExactly(422, 422, 422);
        assertThat(scene.engine.counters().ackRowsWritten()).isZero();
        assertThat(bob.closed).isNull();
    }

    @Test
    void anAckOnAReplacedConnectionIsNotApplied() {
        Scene scene = new Scene();
        RawClient old = scene.join("bob");
        sendMany(scene, 5);
        RawClient now = scene.join("bob");
        old.ack(CHAT, 5);
        scene.pass(FLUSH);
        assertThat(scene.engine.counters().ackRowsWritten()).isZero();
        assertThat(now.seqs(CHAT)).isEqualTo(seqs(1, 5));
    }

    @Test
    void manyMessagesOfOneBatchLeaveInFewPackets() {
        Scene scene = new Scene();
        RawClient bob = scene.join("bob");
        RawClient alice = scene.join("alice");
        List<ClientFrame> packet = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            packet.add(alice.sendFrame("user:bob", "m" + i, "x"));
        }
        alice.write(packet.toArray(ClientFrame[]::new));
        scene.run();

        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, 100));
        assertThat(bob.packetSizes.size()).as("welcome, and the batches").isLessThanOrEqualTo(3);
        assertThat(scene.engine.counters().appendCommits()).isLessThanOrEqualTo(2);
    }

    @Test
    void theSameClientMessageIdIsOneMessageWithOneAnswerAlsoAfterARestart() {
        Scene scene = new Scene();
        RawClient phone = scene.join("alice", "phone");
        RawClient web = scene.join("alice", "web");
        RawClient bob = scene.join("bob");
        for (int i = 0; i < 50; i++) {
            phone.send("user:bob", "same", "x");
            web.send("user:bob", "same", "x");
        }
        scene.run();
        scene.crash();
        RawClient later = scene.join("alice", "phone");
        long id = later.send("user:bob", "same", "x");
        scene.run();

        assertThat(scene.engine.messages().lastSeq(ConversationId.parse(CHAT))).isEqualTo(1);
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
        List<Result.Send> answers = new ArrayList<>();
        for (RawClient c : List.of(phone, web)) {
            c.all(ServerFrame.Reply.class).stream()
                    .filter(r -> r.result() instanceof Result.Send)
                    .forEach(r -> answers.add((Result.Send) r.result()));
        }
        answers.add((Result.Send) later.reply(id).result());
        assertThat(answers).hasSize(101).allMatch(r -> r.seq() == 1);
        assertThat(answers)
                .extracting(Result.Send::sentAt)
                .containsOnly(answers.get(0).sentAt());
        assertThat(answers.stream().filter(r -> !r.duplicate())).hasSize(1);
    }

    @Test
    void aSlowConsumerCostsANumberNotAQueueAndOthersGoOn() {
        Scene scene = new Scene(EngineOptions.defaults().withHeartbeat(Duration.ofMinutes(10)));
        scene.join("bob", "slow");
        scene.transport.links().get(0).freeze();
        RawClient fast = scene.join("bob", "fast");
        fast.acksAtOnce = true;
        sendMany(scene, 5_000);
        assertThat(fast.seqs(CHAT)).isEqualTo(seqs(1, 5_000));

        scene.pass(Duration.ofSeconds(30));
        assertThat(scene.engine.presence().devices(UserId.of("bob"))).containsExactly(DeviceId.of("fast"));
        RawClient bob = scene.join("bob", "slow");
        bob.acksAtOnce = true;
        bob.ack(CHAT, 0);
        scene.pass(Duration.ofSeconds(1));
        assertThat(bob.seqs(CHAT)).as("nothing is lost for the slow one").startsWith(1L);
    }

    @Test
    void floorsNeverGoDown() {
        Scene scene = new Scene();
        RawClient bob = scene.join("bob");
        sendMany(scene, 10);
        bob.ack(CHAT, 8);
        bob.ack(CHAT, 3);
        scene.pass(FLUSH);
        CursorKey key = new CursorKey(ConversationId.parse(CHAT), UserId.of("bob"), DeviceId.of("bob-1"));
        assertThat(scene.store
                        .memberships()
                        .subscriptions(key.user(), key.device(), List.of(key.conversation()))
                        .get(0)
                        .lastAck())
                .isEqualTo(8);
    }
}
