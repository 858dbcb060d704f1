package io.lastack.engine;

import static io.lastack.engine.Scene.at;
import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.error.StoreException;
import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members come and go while messages are under way, and while the store fails. */
class MembershipRaceTest {
    private static final String TEAM = "group:team";
    private static final ConversationId GROUP = ConversationId.parse(TEAM);
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final FaultyStore store = new FaultyStore();
    private Runnable beforeSend = () -> {};
    private final Scene scene = new Scene(
            store,
            b -> b.interceptor(draft -> {
                Runnable once = beforeSend;
                beforeSend = () -> {};
                once.run();
                return draft;
            }));
    private RawClient bob;

    @BeforeEach
    void createTheGroup() {
        bob = scene.join("bob");
        var created = scene.engine.groups().create(GROUP, ALICE, "team", History.FROM_JOIN, List.of(BOB));
        scene.run();
        assertThat(created.toCompletableFuture()).isCompleted();
    }

    private void send(String text) {
        var unused = scene.engine.messages().send(Draft.text(ALICE, GROUP, text));
    }

    /** Takes its place in the queue of appends. */
    private void removeBob() {
        var unused = scene.engine.groups().remove(ALICE, GROUP, List.of(BOB));
        scene.runtime.runNext();
    }

    @Test
    void whatIsStoredInTheCommitOfARemovalDoesNotReachTheOneRemoved() {
        removeBob();
        send("secret");
        scene.run();
        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L);
    }

    @Test
    void whoIsRemovedAndAddedInOneCommitIsNotSentWhatWasBetween() {
        var removed = scene.engine.groups().remove(ALICE, GROUP, List.of(BOB));
        var added = scene.engine.groups().add(ALICE, GROUP, List.of(BOB));
        scene.runtime.runNext();
        send("secret");
        scene.runtime.runNext();
        send("hello again");
        scene.run();
        assertThat(removed.toCompletableFuture()).isCompletedWithValue(2L);
        assertThat(added.toCompletableFuture()).isCompletedWithValue(4L);
        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void whoWasAddedAndRemovedOnceMoreIsNotSentWhatWasBetween() {
        removeBob();
        scene.run();
        send("secret");
        var added = scene.engine.groups().add(ALICE, GROUP, List.of(BOB));
        var removed = scene.engine.groups().remove(ALICE, GROUP, List.of(BOB));
        scene.runtime.runNext();
        scene.runtime.runNext();
        scene.run();
        assertThat(added.toCompletableFuture()).isCompletedWithValue(4L);
        assertThat(removed.toCompletableFuture()).isCompletedWithValue(5L);
        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void whoIsRemovedCannotFetchWhatFollowsBeforeThatIsKnown() {
        List<Long> fetches = new ArrayList<>();
        store.whileSubscriptionsAreRead = () -> {
            send("secret");
            scene.run();
            fetches.add(bob.request(id -> new ClientFrame.Fetch(id, TEAM, 0, 0, 10)));
            fetches.add(bob.request(id -> new ClientFrame.Fetch(id, TEAM, 1, 0, 10)));
            scene.run();
        };
        removeBob();
        scene.run();
        assertThat(fetches)
                .hasSize(2)
                .flatMap(id -> ((Result.Fetch) bob.reply(id).result()).messages())
                .extracting(Message::seq)
                .isNotEmpty()
                .allMatch(seq -> seq <= 2);
    }

    @Test
    void aLookAtTheStoreThatEndsLateDoesNotUndoALaterOne() {
        store.whileSubscriptionsAreRead = () -> {
            removeBob();
            send("secret");
            scene.run();
        };
        bob.request(id -> new ClientFrame.Group(id, TEAM, new GroupAction.Members(null, 10)));
        scene.run();
        send("secret too");
        scene.run();
        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L);
    }

    @Test
    void whoIsRemovedWhileItsDeviceLogsInIsNotSentWhatFollows() {
        store.whileSubscriptionsAreRead = () -> {
            removeBob();
            scene.run();
        };
        store.whileHeadsAreRead = () -> {
            send("secret");
            scene.run();
        };
        RawClient tablet = scene.join("bob", "tablet");
        assertThat(tablet.seqs(TEAM)).containsExactly(1L, 2L);
    }

    @Test
    void whoIsRemovedAndAddedWhileItsDeviceLogsInStartsAnew() {
        store.whileSubscriptionsAreRead = () -> {
            removeBob();
            send("secret");
            var unused = scene.engine.groups().add(ALICE, GROUP, List.of(BOB));
            scene.run();
        };
        RawClient tablet = scene.join("bob", "tablet");
        assertThat(tablet.seqs(TEAM)).doesNotContain(3L).contains(4L);
    }

    @Test
    void aRemovalWhoseAnswerIsLostCountsAllTheSame() {
        store.failAppendsAfter = 4;
        removeBob();
        scene.pass(Duration.ofSeconds(5));
        send("secret");
        scene.run();
        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L);
    }

    @Test
    void aRemovalWhoseAnswerIsLostCountsAlthoughTheRepeatsHadNoEffect() {
        store.failAppendsAfter = 1;
        removeBob();
        scene.run();
        store.failAppendsBefore = 3;
        scene.pass(Duration.ofSeconds(5));
        send("secret");
        scene.run();
        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L);
    }

    @Test
    void aFailureSaysThatTheEffectIsUnknownIfThatOfAnyAttemptIs() {
        store.failAppendsAfter = 1;
        var sent = scene.engine.messages().send(Draft.text(ALICE, GROUP, "x"));
        scene.run();
        store.failAppendsBefore = 3;
        scene.pass(Duration.ofSeconds(5));
        assertThat(sent.toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.effect()).isEqualTo(StoreException.Effect.UNKNOWN));
    }

    @Test
    void anAdditionWhoseAnswerIsLostIsHeardOf() {
        RawClient carol = scene.join("carol");
        store.failAppendsAfter = 4;
        var unused = scene.engine.groups().add(ALICE, GROUP, List.of(UserId.of("carol")));
        scene.pass(Duration.ofSeconds(10));
        assertThat(carol.seqs(TEAM)).containsExactly(2L);
    }

    @Test
    void aConversationIsHeardOfAlthoughTheAnswerToItsFirstAppendIsLost() {
        RawClient alice = scene.join("alice");
        alice.acksAtOnce = true;
        bob.acksAtOnce = true;
        store.failAppendsAfter = 4;
        alice.send("user:bob", "m1", "x");
        scene.pass(Duration.ofSeconds(5));
        bob.send("user:alice", "m2", "y");
        scene.pass(Duration.ofSeconds(10));
        assertThat(bob.seqs("direct:alice~bob")).containsExactly(1L);
        assertThat(alice.seqs("direct:alice~bob")).isEqualTo(seqs(1, 2));
    }

    @Test
    void anOwnMessageStoredJustAfterOnesRemovalHoldsUpNoFloor() {
        bob.ack(TEAM, 1);
        beforeSend = this::removeBob;
        bob.send(TEAM, "late", "x");
        scene.run();
        bob.ack(TEAM, 3);
        scene.pass(Duration.ofSeconds(1));
        assertThat(store.memberships().entitled(GROUP, 2))
                .filteredOn(member -> member.user().equals(BOB))
                .extracting(member -> member.lastAck())
                .containsExactly(2L);
        assertThat(bob.all(ServerFrame.Error.class)).isEmpty();
    }

    @Test
    void aPositionBehindOnesRemovalIsTakenForAllThatOneMaySee() {
        removeBob();
        send("secret");
        scene.run();
        RawClient again = scene.join("bob", "bob-2", at(TEAM, 3));
        assertThat(again.seqs(TEAM)).isEmpty();
        assertThat(again.all(ServerFrame.Error.class)).isEmpty();
    }
}
