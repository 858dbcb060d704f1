package io.lastack.engine;

import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.HostAppend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two engines over one store, and nothing else between them: what one does, the other finds. */
class RepairTest {
    private static final String CHAT = "direct:alice~bob";
    private static final String TEAM = "group:team";
    private static final Duration INTERVAL = EngineOptions.defaults().repairInterval();
    /** The interval, and the moment that is left to what a node is dispatching itself. */
    private static final Duration BOUND = INTERVAL.plusMillis(100);

    private final VirtualRuntime runtime = VirtualRuntime.seeded(7);
    private final CountingStore store = new CountingStore(MemoryStore.create());
    private final Scene here = new Scene(runtime, store, b -> b);
    private final Scene there = new Scene(runtime, store, b -> b);

    private RawClient alice;
    private RawClient bob;

    @BeforeEach
    void connect() {
        alice = there.join("alice");
        bob = here.join("bob");
        alice.acksAtOnce = true;
        bob.acksAtOnce = true;
    }

    private static long act(RawClient client, GroupAction action) {
        return client.request(id -> new ClientFrame.Group(id, TEAM, action));
    }

    private static void create(RawClient owner, String history, String... members) {
        owner.request(id ->
                new ClientFrame.Group(id, null, new GroupAction.Create("team", "T", List.of(members), history, null)));
    }

    private void repairInTime() {
        runtime.advance(BOUND);
    }

    @Test
    void aMessageOfAnotherNodeArrivesWithinTheInterval() {
        alice.send("user:bob", "m1", "first");
        repairInTime();
        assertThat(bob.seqs(CHAT)).containsExactly(1L);

        for (int i = 2; i <= 40; i++) {
            alice.send("user:bob", "m" + i, "x");
            here.run();
            assertThat(bob.seqs(CHAT)).as("nothing told this node").hasSize(i - 1);
            repairInTime();
            assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, i));
        }
        assertThat(here.engine.counters().conversationsRepaired()).isEqualTo(39);
    }

    @Test
    void aLongAbsenceOfSignalsIsMadeUpForInOrder() {
        alice.send("user:bob", "m0", "x");
        repairInTime();
        for (int i = 1; i < 1_000; i++) {
            there.engine.messages().send(Draft.text(UserId.of("alice"), ConversationId.parse(CHAT), "x"));
        }
        repairInTime();
        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, 1_000));
    }

    @Test
    void aRepairThatTheHostAsksForComesAtOnce() {
        alice.send("user:bob", "m1", "x");
        here.run();
        assertThat(bob.seqs(CHAT)).isEmpty();

        CompletableFuture<Void> done = here.engine.repair().toCompletableFuture();
        here.run();
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
        assertThat(done).isCompleted();

        alice.send("user:bob", "m2", "x");
        here.run();
        CompletableFuture<Void> again = here.engine.repair().toCompletableFuture();
        here.pass(Duration.ofMillis(50));
        assertThat(again).isCompleted();
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L);
    }

    @Test
    void aMessageOfThisNodeAboveOnesOfAnotherBringsThemAlongAtOnce() {
        alice.send("user:bob", "m1", "x");
        repairInTime();
        alice.send("user:bob", "m2", "there");
        there.run();
        bob.send("user:alice", "b1", "here");
        here.run();

        // The reply to its own message is its delivery; the one before it was missing.
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L);
        alice.send("user:bob", "m3", "there again");
        repairInTime();
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L, 4L);
        assertThat(alice.seqs(CHAT)).containsExactly(3L);
    }

    @Test
    void twoNodesThatWriteToOneConversationAtOnceBothDeliverItWhole() {
        create(alice, "all", "bob");
        repairInTime();
        for (int i = 0; i < 200; i++) {
            alice.send(TEAM, "a" + i, "x");
            bob.send(TEAM, "b" + i, "x");
            if (i % 7 == 0) {
                here.run();
            }
        }
        repairInTime();

        assertThat(here.engine.messages().lastSeq(ConversationId.parse(TEAM))).isEqualTo(401);
        assertThat(received(bob)).isEqualTo(seqs(1, 401));
    }

    /** What was delivered or, for own messages, confirmed: each once, in order. */
    private static List<Long> received(RawClient client) {
        List<Long> seqs = new ArrayList<>();
        LongConsumer add = seqs::add;
        for (ServerFrame frame : client.frames) {
            if (frame instanceof ServerFrame.Deliver deliver
                    && deliver.conversation().value().equals(TEAM)) {
                deliver.messages().forEach(m -> add.accept(m.seq()));
            } else if (frame instanceof ServerFrame.Reply reply
                    && reply.result() instanceof io.lastack.session.Result.Send sent) {
                add.accept(sent.seq());
            }
        }
        return seqs.stream().sorted().toList();
    }

    @Test
    void aGroupMadeOnAnotherNodeIsFound() {
        create(alice, "join", "bob");
        alice.send(TEAM, "m1", "hello");
        repairInTime();

        assertThat(bob.all(ServerFrame.Membership.class))
                .extracting(m -> m.conversation().value(), ServerFrame.Membership::change)
                .containsExactly(tuple(TEAM, "joined"));
        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L);
    }

    @Test
    void whoIsAddedToAKnownGroupOnAnotherNodeJoinsIt() {
        RawClient carol = here.join("carol");
        create(alice, "join", "bob");
        repairInTime();
        alice.send(TEAM, "m1", "before");
        act(alice, new GroupAction.AddMembers(List.of("carol")));
        alice.send(TEAM, "m2", "after");
        repairInTime();

        assertThat(carol.seqs(TEAM)).containsExactly(3L, 4L);
        assertThat(bob.seqs(TEAM)).isEqualTo(seqs(1, 4));
    }

    @Test
    void whoIsRemovedOnAnotherNodeGetsTheLogUpToItsRemovalAndNothingMore() {
        create(alice, "join", "bob");
        repairInTime();
        act(alice, new GroupAction.RemoveMembers(List.of("bob")));
        for (int i = 0; i < 300; i++) {
            alice.send(TEAM, "m" + i, "secret");
        }
        repairInTime();

        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L);
        assertThat(bob.all(ServerFrame.Membership.class))
                .extracting(ServerFrame.Membership::change)
                .containsExactly("joined", "left");
    }

    @Test
    void whoIsRemovedOnAnotherNodeAndWritesHereIsNotSentWhatCameInBetween() {
        create(alice, "join", "bob");
        repairInTime();
        act(alice, new GroupAction.RemoveMembers(List.of("bob")));
        alice.send(TEAM, "m1", "secret");
        there.run();
        bob.send(TEAM, "b1", "written before it was known here");
        here.run();
        repairInTime();

        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L);
    }

    @Test
    void whoIsRemovedOnAnotherNodeGetsNothingThatThisOneAppendsAfterIt() {
        RawClient carol = here.join("carol");
        create(alice, "join", "bob", "carol");
        repairInTime();
        act(alice, new GroupAction.RemoveMembers(List.of("bob")));
        there.run();
        carol.send(TEAM, "c1", "secret");
        here.run();
        alice.send(TEAM, "m1", "secret");
        repairInTime();

        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L);
        assertThat(carol.seqs(TEAM)).containsExactly(1L, 2L, 4L);
    }

    @Test
    void whoLeftAndCameBackInBetweenMissesWhatWasSaidMeanwhile() {
        create(alice, "join", "bob");
        repairInTime();
        act(alice, new GroupAction.RemoveMembers(List.of("bob")));
        there.run();
        alice.send(TEAM, "m1", "secret");
        there.run();
        act(alice, new GroupAction.AddMembers(List.of("bob")));
        there.run();
        alice.send(TEAM, "m2", "hello again");
        repairInTime();

        assertThat(bob.seqs(TEAM)).containsExactly(1L, 4L, 5L);
    }

    @Test
    void whoCameBackAndLeftAgainInBetweenGetsWhatCameMeanwhile() {
        create(alice, "all", "bob");
        repairInTime();
        act(alice, new GroupAction.RemoveMembers(List.of("bob")));
        repairInTime();
        act(alice, new GroupAction.AddMembers(List.of("bob")));
        alice.send(TEAM, "m1", "with bob");
        act(alice, new GroupAction.RemoveMembers(List.of("bob")));
        repairInTime();
        assertThat(bob.seqs(TEAM)).isEqualTo(seqs(1, 5));
    }

    @Test
    void aRoleGivenOnAnotherNodeIsTold() {
        create(alice, "join", "bob");
        repairInTime();
        act(alice, new GroupAction.SetRole("bob", "admin"));
        repairInTime();

        assertThat(bob.all(ServerFrame.Membership.class))
                .extracting(ServerFrame.Membership::change, ServerFrame.Membership::role)
                .containsExactly(tuple("joined", "member"), tuple("role", "admin"));
    }

    @Test
    void aGroupDissolvedOnAnotherNodeIsLeftByEverybody() {
        RawClient carol = here.join("carol");
        create(alice, "join", "bob", "carol");
        repairInTime();
        act(alice, new GroupAction.Dissolve());
        repairInTime();

        for (RawClient member : List.of(bob, carol)) {
            assertThat(member.seqs(TEAM)).containsExactly(1L, 2L);
            assertThat(member.all(ServerFrame.Membership.class))
                    .extracting(ServerFrame.Membership::change)
                    .containsExactly("joined", "left");
        }
    }

    @Test
    void everyDeviceOfAUserIsRepaired() {
        RawClient tablet = here.join("bob", "tablet");
        alice.send("user:bob", "m1", "x");
        repairInTime();
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
        assertThat(tablet.seqs(CHAT)).containsExactly(1L);
    }

    @Test
    void aStoreThatDoesNotAnswerIsAskedAgainInTheNextRound() {
        alice.send("user:bob", "m1", "x");
        repairInTime();
        alice.send("user:bob", "m2", "x");
        there.run();
        store.failing = true;
        CompletableFuture<Void> failed = here.engine.repair().toCompletableFuture();
        runtime.advance(BOUND.multipliedBy(3));
        assertThat(failed).isCompletedExceptionally();
        assertThat(bob.seqs(CHAT)).containsExactly(1L);

        store.failing = false;
        repairInTime();
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L);
    }

    @Test
    void nothingIsAskedWhileNobodyIsConnected() {
        bob.link.close();
        alice.link.close();
        runtime.advance(INTERVAL.multipliedBy(2));
        store.calls.clear();
        runtime.advance(INTERVAL.multipliedBy(10));
        assertThat(store.calls).isEmpty();

        RawClient back = here.join("bob", "bob-1");
        runtime.advance(INTERVAL.multipliedBy(2));
        assertThat(back.closed).isNull();
        assertThat(store.calls).isNotEmpty();
    }

    @Test
    void whatTheHostCommittedIsDeliveredWhenItSaysSo() {
        List<Message> heard = new ArrayList<>();
        Scene third = new Scene(runtime, store, b -> b.messageListener(heard::addAll));
        RawClient carol = third.join("carol");
        ConversationId inbox = ConversationId.inbox(UserId.of("carol"));
        Draft draft =
                Draft.text(UserId.of("shop"), inbox, "order 1").withClientMessageId(ClientMessageId.of("order-1"));
        List<AppendOutcome> outcomes = store.log().append(List.of(draft), 5);

        CompletableFuture<Void> told = third.engine
                .messages()
                .committed(new Committed(List.of(draft), outcomes))
                .toCompletableFuture();
        third.run();
        assertThat(told).isCompleted();
        assertThat(carol.seqs(inbox.value())).containsExactly(1L);
        assertThat(heard).extracting(Message::seq).containsExactly(1L);

        Draft silent =
                Draft.text(UserId.of("shop"), inbox, "order 2").withClientMessageId(ClientMessageId.of("order-2"));
        store.log().append(List.of(silent), 6);
        repairInTime();
        assertThat(carol.seqs(inbox.value())).containsExactly(1L, 2L);
    }

    private record Committed(List<Draft> drafts, List<AppendOutcome> outcomes) implements HostAppend {
        @Override
        public void confirm() {}
    }

    @Test
    void theStoreIsAskedOnceARoundForWhatLittleThereIsAndInPartsForMore() {
        runtime.advance(INTERVAL);
        store.calls.clear();
        runtime.advance(INTERVAL.multipliedBy(10));
        assertThat(store.calls).as("nobody watches anything").containsOnly("conversationCounts");
        assertThat(store.calls).as("15 rounds of two seconds, of two engines").hasSizeBetween(28, 32);

        for (int i = 0; i < 1_200; i++) {
            there.engine
                    .messages()
                    .send(Draft.text(
                            UserId.of("alice"), ConversationId.direct(UserId.of("bob"), UserId.of("user-" + i)), "x"));
        }
        runtime.advance(INTERVAL.multipliedBy(2));
        store.calls.clear();
        runtime.advance(INTERVAL.multipliedBy(10));

        long heads = store.calls.stream().filter("heads"::equals).count();
        assertThat(store.calls).as("an idle engine reads nothing").containsOnly("heads", "conversationCounts");
        assertThat(heads)
                .as("15 rounds of two seconds over 1,200 conversations, four parts of 16 at a time, and little more")
                .isBetween(56L, 66L);
        assertThat(bob.frames.stream().filter(ServerFrame.Deliver.class::isInstance))
                .hasSize(1_200);
    }
}
