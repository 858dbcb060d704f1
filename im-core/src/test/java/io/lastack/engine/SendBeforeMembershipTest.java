package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.error.StoreException;
import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.ServerFrame;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Two engines on one store: what the one changes, the connections of the other hear of later, or not before they ask. */
class SendBeforeMembershipTest {
    private static final String TEAM = "group:team";
    private static final ConversationId GROUP = ConversationId.parse(TEAM);
    private static final ConversationId WITH_ALICE = ConversationId.parse("direct:alice~bob");
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private static final Duration LONGER_THAN_REPAIR_TAKES = Duration.ofSeconds(10);

    private final VirtualRuntime runtime = VirtualRuntime.seeded(42);
    private final FaultyStore store = new FaultyStore();
    private final Scene here = new Scene(runtime, store, b -> b);
    private final Scene there = new Scene(runtime, store, b -> b);
    private final RawClient bob = here.join("bob");

    private void done(CompletionStage<?> change) {
        there.run();
        assertThat(change.toCompletableFuture()).isCompleted();
    }

    private int codeOfSend(String id) {
        long request = bob.send(TEAM, id, "hello");
        here.run();
        return bob.reply(request).status().code();
    }

    @Test
    void aMemberMaySendBeforeItsConnectionHearsOfTheGroup() {
        done(there.engine.groups().create(GROUP, ALICE, "team", History.ALL, List.of(BOB)));

        bob.write(bob.sendFrame(TEAM, "m1", "first"), bob.sendFrame("user:alice", "m2", "second"));
        here.run();

        assertThat(bob.all(ServerFrame.Membership.class))
                .extracting(ServerFrame.Membership::change)
                .containsExactly("joined");
        List<ServerFrame.Reply> replies = bob.all(ServerFrame.Reply.class);
        assertThat(replies).allMatch(reply -> reply.status().isOk());
        assertThat(replies)
                .as("in the order of the frames")
                .isSortedAccordingTo(Comparator.comparingLong(ServerFrame.Reply::requestId));
        assertThat(store.log().heads(List.of(GROUP))).containsEntry(GROUP, 2L);
    }

    @Test
    void whoWasTakenBackMaySendBeforeItsConnectionHearsOfThat() {
        done(there.engine.groups().create(GROUP, ALICE, "team", History.ALL, List.of(BOB)));
        assertThat(codeOfSend("m1")).isEqualTo(200);
        done(there.engine.groups().remove(ALICE, GROUP, List.of(BOB)));
        runtime.advance(LONGER_THAN_REPAIR_TAKES);
        assertThat(codeOfSend("m2")).isEqualTo(403);
        done(there.engine.groups().add(ALICE, GROUP, List.of(BOB)));

        assertThat(codeOfSend("m3")).isEqualTo(200);
    }

    @Test
    void strangersAreToldWhatTheyWereTold() {
        done(there.engine.groups().create(GROUP, ALICE, "team", History.ALL, List.of()));
        assertThat(codeOfSend("m1")).isEqualTo(404);
        long request = bob.send("group:nowhere", "m2", "hello");
        here.run();
        assertThat(bob.reply(request).status().code()).isEqualTo(404);
    }

    @Test
    void whereTheStoreDoesNotAnswerTheSendMayBeRepeated() {
        done(there.engine.groups().create(GROUP, ALICE, "team", History.ALL, List.of(BOB)));
        store.whileSubscriptionsAreRead = () -> {
            throw new StoreException("no answer", null, true, StoreException.Effect.NOT_APPLIED);
        };
        assertThat(codeOfSend("m1")).isEqualTo(503);
        assertThat(codeOfSend("m1")).isEqualTo(200);
    }

    @Test
    void whatIsSentBeforeTheConversationIsWatchedIsDeliveredByItsReplyAlone() {
        store.whileSubscriptionsAreRead = () -> {
            bob.write(bob.sendFrame("user:alice", "m1", "first"), bob.sendFrame("user:alice", "m2", "second"));
            here.run();
        };
        done(here.engine.groups().create(GROUP, ALICE, "team", History.ALL, List.of(BOB)));

        assertThat(store.log().heads(List.of(WITH_ALICE))).containsEntry(WITH_ALICE, 2L);
        assertThat(bob.seqs(WITH_ALICE.value())).isEmpty();
        bob.ack(WITH_ALICE.value(), 2);
        assertThat(codeOfSend("m3")).isEqualTo(200);
        assertThat(bob.all(ServerFrame.Error.class)).isEmpty();
    }

    @Test
    void whatIsAckedBeforeTheConversationIsWatchedIsNoError() {
        store.whileSubscriptionsAreRead = () -> {
            bob.write(bob.sendFrame("user:alice", "m1", "first"));
            here.run();
            bob.ack(WITH_ALICE.value(), 1);
            bob.ack("direct:bob~carol", 1);
            here.run();
        };
        done(here.engine.groups().create(GROUP, ALICE, "team", History.ALL, List.of(BOB)));

        assertThat(bob.all(ServerFrame.Error.class)).as("of the other one").hasSize(1);
    }
}
