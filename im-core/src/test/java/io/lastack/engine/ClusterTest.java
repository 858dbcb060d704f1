package io.lastack.engine;

import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.client.ClientListener;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.cluster.ClusterSignal;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.GroupAction;
import io.lastack.session.ServerFrame;
import io.lastack.spi.ClusterOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one node tells the others over the bus, and what becomes of it when the bus is a bad one. */
class ClusterTest {
    private static final String CHAT = "direct:alice~bob";
    private static final String TEAM = "group:team";
    private static final Duration MOMENT = Duration.ofMillis(60);
    /** Two heartbeats, and the moment before the log is asked. */
    private static final Duration HEARTBEATS = Duration.ofMillis(2_100);

    private final Nodes nodes = new Nodes(11);

    private RawClient join(int node, String user) {
        RawClient client = nodes.node(node).join(user);
        client.acksAtOnce = true;
        return client;
    }

    private static void create(RawClient owner, String... members) {
        owner.request(id ->
                new ClientFrame.Group(id, null, new GroupAction.Create("team", "T", List.of(members), null, null)));
    }

    private static void act(RawClient client, GroupAction action) {
        client.request(id -> new ClientFrame.Group(id, TEAM, action));
    }

    @Test
    void nodesKnowOneAnother() {
        assertThat(nodes.all).allSatisfy(node -> {
            assertThat(node.engine.counters().peers()).isEqualTo(2);
            assertThat(node.engine.counters().busConnected()).isTrue();
        });
        nodes.node(0).engine.drain(Duration.ZERO);
        nodes.run();
        assertThat(nodes.node(1).engine.counters().peers()).isEqualTo(1);
    }

    @Test
    void aMessageOfAnotherNodeArrivesAtOnceAndCostsNoReadOfTheLog() {
        RawClient alice = join(0, "alice");
        RawClient bob = join(1, "bob");
        for (int i = 1; i <= 20; i++) {
            alice.send("user:bob", "m" + i, "text " + i);
            nodes.run();
            assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, i));
        }
        assertThat(nodes.node(1).engine.counters().conversationsRepaired()).isZero();
    }

    @Test
    void aBatchIsToldInOneSignal() {
        RawClient alice = join(0, "alice");
        join(1, "bob");
        alice.send("user:bob", "first", "x");
        nodes.run();
        long before = nodes.node(0).engine.counters().signalsSent();

        for (int i = 0; i < 50; i++) {
            alice.link.write(List.of(alice.sendFrame("user:bob", "m" + i, "x")));
        }
        nodes.run();
        assertThat(nodes.node(0).engine.counters().signalsSent() - before).isLessThan(10);
    }

    @Test
    void aLargeMessageIsReadFromTheLog() {
        RawClient alice = join(0, "alice");
        RawClient bob = join(1, "bob");
        alice.send("user:bob", "m1", "x".repeat(ClusterOptions.defaults().inlineBytes() + 1));
        nodes.run();
        assertThat(bob.seqs(CHAT)).isEmpty();
        nodes.pass(MOMENT);
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
    }

    @Test
    void aLastMessageWhoseSignalWasLostArrivesWithTheNextHeartbeats() {
        RawClient alice = join(0, "alice");
        RawClient bob = join(1, "bob");
        alice.send("user:bob", "m1", "x");
        nodes.run();

        nodes.bus.setLoss(1);
        alice.send("user:bob", "m2", "x");
        nodes.run();
        nodes.bus.setLoss(0);
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
        nodes.pass(HEARTBEATS);
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L);
    }

    @Test
    void aFirstMessageArrivesThoughAnotherDeviceOnTheNodeReadItBeforeItsSignalCame() {
        RawClient alice = join(0, "alice");
        RawClient bob = join(1, "bob");
        nodes.bus.setShuffle(Duration.ofSeconds(5));
        alice.send("user:bob", "m1", "x");
        nodes.run();
        RawClient tablet = nodes.node(1).join("alice", "tablet");
        nodes.run();
        assertThat(tablet.seqs(CHAT)).containsExactly(1L);
        assertThat(bob.seqs(CHAT)).isEmpty();
        nodes.pass(Duration.ofSeconds(6));
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
    }

    @Test
    void whatWasMissedWhileTheBusWasAwayArrivesWhenItIsBack() {
        RawClient alice = join(0, "alice");
        RawClient bob = join(1, "bob");
        RawClient ann = join(0, "ann");
        alice.send("user:bob", "m1", "x");
        nodes.run();

        nodes.bus.setUp(false);
        alice.send("user:bob", "m2", "x");
        alice.send("user:ann", "m3", "x");
        nodes.pass(Duration.ofSeconds(5));
        assertThat(ann.seqs("direct:alice~ann")).as("this node goes on").containsExactly(1L);
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
        assertThat(nodes.node(0).engine.counters().busConnected()).isFalse();
        assertThat(nodes.node(0).engine.counters().signalsDropped()).isPositive();

        nodes.bus.setUp(true);
        nodes.pass(MOMENT);
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L);
    }

    @Test
    void withoutAnyBusThingsArriveWithinTheRepairInterval() {
        RawClient alice = join(0, "alice");
        RawClient bob = join(1, "bob");
        nodes.bus.setLoss(1);
        alice.send("user:bob", "m1", "x");
        nodes.pass(Nodes.REPAIR.plusMillis(200));
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
    }

    @Test
    void whoIsAddedOnAnotherNodeHearsAtOnceAndWhoIsRemovedHearsNothingMore() {
        RawClient alice = join(0, "alice");
        RawClient bob = join(1, "bob");
        RawClient carol = join(2, "carol");
        create(alice, "bob");
        nodes.run();
        alice.send(TEAM, "m1", "x");
        nodes.run();
        assertThat(bob.seqs(TEAM)).isEqualTo(seqs(1, 2));

        act(alice, new GroupAction.AddMembers(List.of("carol")));
        act(alice, new GroupAction.RemoveMembers(List.of("bob")));
        alice.send(TEAM, "m2", "not for bob");
        nodes.run();
        assertThat(carol.seqs(TEAM)).isEqualTo(seqs(3, 5));
        assertThat(bob.seqs(TEAM)).isEqualTo(seqs(1, 4));
        assertThat(carol.all(ServerFrame.Membership.class)).hasSize(1);
        assertThat(bob.saw(
                        f -> f instanceof ServerFrame.Membership m && m.change().equals("left")))
                .isTrue();
    }

    @Test
    void manyMembersAreToldInOneSignalForAll() {
        RawClient alice = join(0, "alice");
        List<RawClient> others =
                IntStream.range(0, 30).mapToObj(i -> join(i % 3, "u" + i)).toList();
        create(alice, others.stream().map(c -> c.user).toArray(String[]::new));
        alice.send(TEAM, "m1", "x");
        nodes.pass(HEARTBEATS);
        assertThat(others).allSatisfy(c -> assertThat(c.seqs(TEAM)).isEqualTo(seqs(1, 2)));
    }

    @Test
    void receiptsReachTheAuthorOnAnotherNode() {
        RawClient alice = join(0, "alice");
        RawClient bob = join(1, "bob");
        RawClient bobs = nodes.node(2).join("bob", "bob-2");
        alice.send("user:bob", "m1", "x");
        nodes.run();
        bob.request(id -> new ClientFrame.Read(id, CHAT, 1));
        nodes.pass(Duration.ofMillis(300));

        assertThat(alice.saw(f -> f instanceof ServerFrame.Receipt r && r.lastAck() == 1))
                .isTrue();
        assertThat(alice.saw(f -> f instanceof ServerFrame.Receipt r && r.lastRead() == 1))
                .isTrue();
        assertThat(bobs.saw(f -> f instanceof ServerFrame.Receipt r && r.lastRead() == 1))
                .as("the reader's other device")
                .isTrue();
    }

    @Test
    void receiptsThatOvertakeEachOtherOnTheBusDoNotGoBackAtTheAuthor() {
        RawClient alice = join(0, "alice");
        RawClient bob = join(1, "bob");
        IntStream.rangeClosed(1, 20).forEach(i -> alice.send("user:bob", "m" + i, "x"));
        nodes.run();
        nodes.bus.setShuffle(Duration.ofSeconds(2));
        IntStream.rangeClosed(1, 20).forEach(seq -> {
            bob.request(id -> new ClientFrame.Read(id, CHAT, seq));
            nodes.pass(Duration.ofMillis(300));
        });
        nodes.pass(Duration.ofSeconds(3));

        List<Long> reads = alice.all(ServerFrame.Receipt.class).stream()
                .map(ServerFrame.Receipt::lastRead)
                .filter(seq -> seq > 0)
                .toList();
        assertThat(reads).isSorted().hasSizeGreaterThan(3).endsWith(20L);
    }

    @Test
    void aSignalOfAMemberReachesTheOthersOnAllNodes() {
        RawClient alice = join(0, "alice");
        RawClient bob = join(1, "bob");
        alice.send("user:bob", "m1", "x");
        nodes.run();
        alice.write(new ClientFrame.Signal("user:bob", "typing", Body.of("…")));
        nodes.run();
        assertThat(bob.all(ServerFrame.Signal.class)).hasSize(1);
        assertThat(alice.all(ServerFrame.Signal.class)).isEmpty();
    }

    @Test
    void whenTheLogBecomesAnotherOneEveryNodeTellsItsDevices() {
        Nodes old = new Nodes(3);
        RawClient alice = old.node(0).join("alice");
        RawClient bob = old.node(1).join("bob");
        alice.send("user:bob", "m1", "x");
        old.run();
        String epoch = old.store.log().epoch();
        RawClient ahead = old.node(2).connect("alice", "alice-2");
        ahead.write(new ClientFrame.Hello(1, "alice", "alice-2", List.of(Scene.at(CHAT, 9)), "test", epoch));
        old.run();
        assertThat(old.store.log().epoch()).isNotEqualTo(epoch);
        old.pass(HEARTBEATS);
        assertThat(List.of(alice.closed.code(), bob.closed.code())).containsOnly(CloseReason.GOING_AWAY);
    }

    @Test
    void aSignalOfAnotherLogIsNotDelivered() {
        RawClient bob = join(1, "bob");
        nodes.node(0).join("alice").send("user:bob", "m1", "x");
        nodes.run();
        Message stale = new Message(
                ConversationId.parse(CHAT),
                2,
                1,
                UserId.of("alice"),
                ClientMessageId.of("stale"),
                Content.text("was in a log that is gone"));
        Cluster forger = new Cluster(nodes.runtime, ClusterOptions.defaults(), "old-node", nodes.bus);
        forger.epochIs("the epoch before");
        forger.join();
        nodes.run();
        forger.tell(
                CHAT,
                new ClusterSignal.Appended(
                        "the epoch before",
                        List.of(new ClusterSignal.Entry(
                                stale.conversation(), 2, stale, ClusterSignal.Affected.NOBODY))));
        nodes.pass(HEARTBEATS);
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
        assertThat(nodes.node(1).engine.counters().conversationsRepaired()).isZero();

        nodes.node(0).join("carol").send("user:bob", "c1", "x");
        nodes.run();
        assertThat(bob.seqs("direct:bob~carol")).containsExactly(1L);
    }

    @Test
    void aNodeListensOnlyForWhatItsSessionsWatch() {
        assertThat(nodes.node(1).engine.counters().busChannels()).isZero();
        RawClient bob = join(1, "bob");
        nodes.node(0).join("alice").send("user:bob", "m1", "x");
        nodes.run();
        assertThat(nodes.node(1).engine.counters().busChannels()).isBetween(1, 2);
        bob.link.close();
        nodes.run();
        assertThat(nodes.node(1).engine.counters().busChannels()).isZero();
    }

    @Test
    void overABusThatLosesRepeatsAndShufflesEverythingArrivesOnceAndInOrder() {
        for (long seed = 1; seed <= 5; seed++) {
            runOverABadBus(seed);
        }
    }

    private static void runOverABadBus(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Nodes bad = new Nodes(seed);
        bad.bus.setLoss(0.1);
        bad.bus.setRepeats(0.1);
        bad.bus.setShuffle(Duration.ofMillis(40));
        Map<String, List<Long>> seen = new LinkedHashMap<>();
        List<ImClient> clients =
                IntStream.range(0, 9).mapToObj(i -> client(bad, i, seen)).toList();
        bad.pass(Duration.ofSeconds(1));
        clients.get(0)
                .requests()
                .createGroup(
                        "team",
                        "T",
                        IntStream.range(1, 9).mapToObj(i -> UserId.of("u" + i)).toList());
        // Whoever was not told of the group finds it by comparing, and may send from then on.
        bad.pass(Nodes.REPAIR.plusMillis(200));
        for (int i = 0; i < 300; i++) {
            clients.get(random.nextInt(clients.size())).send(ConversationId.parse(TEAM), Content.text("x"));
            bad.pass(Duration.ofMillis(random.nextInt(30)));
            bad.bus.setLoss(i >= 200 && i < 250 ? 1 : 0.1);
        }
        bad.pass(Nodes.REPAIR.plusMillis(200));
        assertThat(seen)
                .hasSize(9)
                .allSatisfy((user, seqs) ->
                        assertThat(seqs).as("seed %d, %s", seed, user).isEqualTo(seqs(1, 301)));
        assertThat(bad.bus.lost()).isPositive();
    }

    private static ImClient client(Nodes nodes, int number, Map<String, List<Long>> seen) {
        String user = "u" + number;
        ImClient client = ImClient.builder(nodes.runtime, nodes.node(number % 3).transport)
                .device(DeviceId.of(user + "-1"))
                .tokens(TokenSource.of(user))
                .listener(new ClientListener() {
                    @Override
                    public void message(Message message) {
                        seen.computeIfAbsent(user, u -> new ArrayList<>()).add(message.seq());
                    }
                })
                .build();
        client.start();
        return client;
    }
}
