package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.spi.ClusterOptions;
import io.lastack.spi.PresenceAudience;
import io.lastack.spi.PresenceEntry;
import io.lastack.spi.PresenceOptions;
import io.lastack.spi.UserContext;
import io.lastack.spi.UserPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is online, on one node and on three. */
class PresenceTest {
    private static final PresenceOptions OPTIONS = PresenceOptions.defaults();
    private static final Duration COLLECT = OPTIONS.collect().plusMillis(10);
    private static final Duration GRACE = OPTIONS.offlineGrace().plus(COLLECT).plus(COLLECT);
    /** Looking everybody up who is watched, the lease of a node that died, and the grace. */
    private static final Duration DEAD =
            ClusterOptions.defaults().lease().plusSeconds(6).plus(GRACE);

    /** The way of a signal, and the time in which changes are gathered. */
    private static final Duration MOMENT = COLLECT.plus(COLLECT);

    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final List<UserPresence> heard = new ArrayList<>();
    private final Nodes nodes = new Nodes(5, b -> b.presenceListener(heard::add));

    private static ServerFrame.Reply watch(Scene scene, RawClient client, String... users) {
        long id = client.request(n -> new ClientFrame.Presence(n, List.of(users), List.of()));
        scene.run();
        return client.reply(id);
    }

    private static List<ServerFrame.Presence> now(ServerFrame.Reply reply) {
        return ((Result.Presence) reply.result()).users();
    }

    private static List<Boolean> told(RawClient client) {
        return client.all(ServerFrame.Presence.class).stream()
                .map(ServerFrame.Presence::online)
                .toList();
    }

    @Test
    void aWatcherIsToldNowAndOfEveryChangeOnOneNodeToo() {
        Scene scene = new Scene();
        RawClient alice = scene.join("alice");
        assertThat(now(watch(scene, alice, "bob", "alice")))
                .extracting(ServerFrame.Presence::online)
                .containsExactly(false, true);

        RawClient bob = scene.join("bob");
        scene.pass(COLLECT);
        assertThat(told(alice)).containsExactly(true);
        assertThat(alice.all(ServerFrame.Presence.class).get(0).devices()).containsExactly("bob-1");

        bob.link.close();
        scene.pass(OPTIONS.offlineGrace());
        assertThat(told(alice)).containsExactly(true);
        scene.pass(COLLECT.plus(COLLECT));
        assertThat(told(alice)).containsExactly(true, false);
        assertThat(alice.all(ServerFrame.Presence.class).get(1).lastActivity()).isPositive();
    }

    @Test
    void aWatcherOnAnotherNodeIsToldToo() {
        RawClient alice = nodes.node(0).join("alice");
        watch(nodes.node(0), alice, "bob");
        RawClient bob = nodes.node(1).join("bob");
        nodes.pass(COLLECT);
        assertThat(told(alice)).containsExactly(true);
        assertThat(nodes.node(2).engine.presence().isOnline(BOB)).isTrue();
        assertThat(nodes.node(2).engine.presence().devices(BOB)).hasSize(1);

        bob.link.close();
        nodes.pass(GRACE);
        assertThat(told(alice)).containsExactly(true, false);
        assertThat(nodes.node(2).engine.presence().isOnline(BOB)).isFalse();
    }

    @Test
    void aDeviceThatReconnectsOrMovesToAnotherNodeIsNotToldOf() {
        RawClient alice = nodes.node(0).join("alice");
        RawClient bob = nodes.node(1).join("bob");
        watch(nodes.node(0), alice, "bob");
        for (int i = 0; i < 6; i++) {
            bob.link.close();
            nodes.pass(Duration.ofSeconds(2));
            bob = nodes.node(i % 3).join("bob");
            nodes.pass(Duration.ofSeconds(2));
        }
        assertThat(told(alice)).isEmpty();
    }

    private void block(int node, boolean blocked) {
        var done = blocked
                ? nodes.node(node).engine.settings().block(BOB, ALICE)
                : nodes.node(node).engine.settings().unblock(BOB, ALICE);
        nodes.pass(MOMENT);
        assertThat(done).isCompleted();
    }

    @Test
    void whoIsBlockedIsShownTheBlockerAsOfflineUntilTheBlockEnds() {
        RawClient alice = nodes.node(0).join("alice");
        RawClient carol = nodes.node(0).join("carol");
        watch(nodes.node(0), alice, "bob");
        watch(nodes.node(0), carol, "bob");
        RawClient bob = nodes.node(1).join("bob");
        nodes.pass(MOMENT);
        assertThat(told(alice)).containsExactly(true);

        block(2, true);
        assertThat(told(alice)).containsExactly(true, false);
        assertThat(alice.all(ServerFrame.Presence.class).get(1).lastActivity())
                .as("as if never seen")
                .isZero();
        bob.link.close();
        nodes.pass(GRACE);
        nodes.node(1).join("bob");
        nodes.pass(MOMENT);
        assertThat(told(alice)).as("nothing more").containsExactly(true, false);
        assertThat(told(carol)).as("others are not concerned").containsExactly(true, false, true);
        assertThat(now(watch(nodes.node(0), alice, "bob")))
                .extracting(ServerFrame.Presence::online)
                .containsExactly(false);
        RawClient later = nodes.node(2).join("alice", "web");
        assertThat(now(watch(nodes.node(2), later, "bob", "carol")))
                .extracting(ServerFrame.Presence::online)
                .containsExactly(false, true);

        block(1, false);
        assertThat(told(alice)).containsExactly(true, false, true);
        assertThat(told(later)).containsExactly(true);
    }

    @Test
    void aBlockThatNobodyTellsOfIsFoundByLooking() {
        RawClient alice = nodes.node(0).join("alice");
        nodes.node(1).join("bob");
        watch(nodes.node(0), alice, "bob");
        Content entry = new Content(Content.SETTINGS, "text", Payload.EMPTY, Map.of(), 0, List.of(), 0);
        nodes.store
                .log()
                .append(
                        List.of(new Draft(
                                ConversationId.inbox(BOB),
                                BOB,
                                ClientMessageId.of("b"),
                                entry,
                                new Change.Block(ALICE, true))),
                        1);
        nodes.pass(Duration.ofSeconds(6));
        assertThat(told(alice)).containsExactly(false);
    }

    @Test
    void aHostMayShowBlockersToWhomTheyBlocked() {
        Scene scene = new Scene(b -> b.presenceAudience(new PresenceAudience() {
            @Override
            public boolean mayWatch(UserContext watcher, UserId user) {
                return true;
            }

            @Override
            public boolean hidesFromBlocked() {
                return false;
            }
        }));
        RawClient alice = scene.join("alice");
        scene.join("bob");
        scene.engine.settings().block(BOB, ALICE);
        scene.run();
        assertThat(now(watch(scene, alice, "bob")))
                .extracting(ServerFrame.Presence::online)
                .containsExactly(true);
    }

    @Test
    void whoIsNoLongerWatchedIsNotToldOf() {
        Scene scene = new Scene();
        RawClient alice = scene.join("alice");
        watch(scene, alice, "bob", "carol");
        alice.request(n -> new ClientFrame.Presence(n, List.of(), List.of("bob")));
        scene.run();
        scene.join("bob");
        scene.join("carol");
        scene.pass(COLLECT);
        assertThat(alice.all(ServerFrame.Presence.class))
                .extracting(p -> p.user().value())
                .containsExactly("carol");
    }

    @Test
    void aNodeThatDiesWithoutGoodbyeLeavesNoGhosts() {
        RawClient alice = nodes.node(0).join("alice");
        watch(nodes.node(0), alice, "bob");
        nodes.directory.begin("dead", ClusterOptions.defaults().lease());
        nodes.directory.claim(new PresenceEntry(BOB, DeviceId.of("phone"), "dead", "s1", 1, 1, false, ""));
        nodes.pass(Duration.ofSeconds(6));
        assertThat(told(alice)).as("found without any signal").containsExactly(true);

        nodes.pass(DEAD);
        assertThat(told(alice)).containsExactly(true, false);
        assertThat(nodes.node(1).engine.presence().isOnline(BOB)).isFalse();
    }

    @Test
    void aDirectoryThatForgotEverythingIsFilledAgain() {
        nodes.node(1).join("bob");
        for (int i = 0; i < 3; i++) {
            nodes.directory.end("node-" + i);
        }
        assertThat(nodes.node(0).engine.presence().isOnline(BOB)).isFalse();
        nodes.pass(ClusterOptions.defaults().lease());
        assertThat(nodes.node(0).engine.presence().isOnline(BOB)).isTrue();
    }

    @Test
    void aUserWhoDoesNothingIsAwayUntilSomethingIsDone() {
        RawClient bob = nodes.node(1).join("bob");
        Duration idle = OPTIONS.awayAfter().plusSeconds(2);
        nodes.pass(idle);
        assertThat(nodes.node(0).engine.presence().state(BOB).isAway()).isTrue();
        assertThat(heard).extracting(UserPresence::isAway).containsExactly(false, true);

        RawClient alice = nodes.node(0).join("alice");
        assertThat(now(watch(nodes.node(0), alice, "bob")))
                .extracting(ServerFrame.Presence::away)
                .containsExactly(true);

        bob.send("user:alice", "m1", "back");
        nodes.pass(COLLECT);
        assertThat(nodes.node(0).engine.presence().state(BOB).isAway()).isFalse();
        assertThat(alice.all(ServerFrame.Presence.class))
                .extracting(ServerFrame.Presence::away)
                .containsExactly(false);
        assertThat(heard)
                .filteredOn(presence -> presence.user().equals(BOB))
                .extracting(UserPresence::isAway)
                .containsExactly(false, true, false);
    }

    @Test
    void theHostHearsOfEachChangeOnce() {
        RawClient bob = nodes.node(1).join("bob");
        nodes.pass(COLLECT);
        bob.link.close();
        nodes.pass(GRACE);
        assertThat(heard).extracting(UserPresence::isOnline).containsExactly(true, false);
    }

    @Test
    void theSameDeviceOnTwoNodesKeepsTheNewerConnectionOnly() {
        RawClient older = nodes.node(0).join("bob");
        RawClient newer = nodes.node(1).join("bob");
        nodes.run();
        assertThat(older.closed.code()).isEqualTo(CloseReason.REPLACED);
        assertThat(newer.closed).isNull();
        assertThat(nodes.node(2).engine.presence().state(BOB).entries())
                .extracting(e -> e.node())
                .containsExactly("node-1");
    }

    @Test
    void theOlderConnectionIsFoundAlsoWhenNobodyIsToldOfTheNewer() {
        RawClient older = nodes.node(0).join("bob");
        nodes.bus.setLoss(1);
        RawClient newer = nodes.node(1).join("bob");
        nodes.run();
        assertThat(older.closed).isNull();
        nodes.pass(Duration.ofSeconds(2));
        assertThat(older.closed.code()).isEqualTo(CloseReason.REPLACED);
        assertThat(newer.closed).isNull();
    }

    @Test
    void theNewerConnectionStaysAlsoWhereTheClockIsBehind() {
        RawClient older = nodes.node(0).join("bob");
        nodes.runtime.jumpWallClock(Duration.ofHours(-1));
        RawClient newer = nodes.node(1).join("bob");
        nodes.pass(Duration.ofSeconds(5));
        assertThat(older.closed.code()).isEqualTo(CloseReason.REPLACED);
        assertThat(newer.closed).isNull();
    }

    @Test
    void twoConnectionsAtOnceLeaveExactlyOne() {
        for (int i = 0; i < 20; i++) {
            Nodes two = new Nodes(i);
            two.bus.setLoss(0.5);
            two.bus.setShuffle(Duration.ofMillis(20));
            RawClient[] clients = {new RawClient("bob", "phone"), new RawClient("bob", "phone")};
            for (int n = 0; n < 2; n++) {
                two.node(n).transport.connect(clients[n]);
            }
            two.run();
            for (RawClient client : clients) {
                client.hello();
            }
            two.pass(Duration.ofSeconds(3));
            assertThat(List.of(clients)).filteredOn(c -> c.closed == null).hasSize(1);
        }
    }

    @Test
    void theHostDisconnectsAUserOnAllNodes() {
        RawClient bob = nodes.node(1).join("bob");
        RawClient other = nodes.node(2).join("bob", "bob-2");
        nodes.node(0).engine.presence().disconnect(BOB, "banned");
        nodes.run();
        assertThat(List.of(bob.closed.code(), other.closed.code())).containsOnly(CloseReason.POLICY);
    }

    @Test
    void moreUsersThanAllowedAreRefusedAndNoneIsWatched() {
        Scene scene = new Scene(b -> b.presence(OPTIONS.withMaxWatched(2)));
        RawClient alice = scene.join("alice");
        assertThat(watch(scene, alice, "u1", "u2", "u3").status().code()).isEqualTo(422);
        assertThat(watch(scene, alice, "u1", "u2").status().code()).isEqualTo(200);
        assertThat(watch(scene, alice, "u3").status().message()).contains("3 users", "at most 2");
    }

    @Test
    void whomTheHostHidesIsShownOfflineAndNotToldOf() {
        Scene scene = new Scene(b -> b.presenceAudience((watcher, user) -> !user.equals(BOB)));
        RawClient alice = scene.join("alice");
        scene.join("bob");
        assertThat(now(watch(scene, alice, "bob"))).containsExactly(new ServerFrame.Presence(BOB, false, List.of(), 0));
        scene.join("bob", "bob-2");
        scene.pass(COLLECT);
        assertThat(told(alice)).isEmpty();
    }

    @Test
    void aStormOfChangesReachesAWatcherOncePerUser() {
        Scene scene = new Scene();
        RawClient alice = scene.join("alice");
        String[] users = IntStream.range(0, 300).mapToObj(i -> "u" + i).toArray(String[]::new);
        watch(scene, alice, users);
        for (String user : users) {
            scene.join(user, "a");
            scene.join(user, "b");
        }
        scene.pass(COLLECT);
        assertThat(alice.all(ServerFrame.Presence.class)).hasSize(300);
    }

    @Test
    void nothingStaysOfSessionsThatEnded() {
        RawClient alice = nodes.node(0).join("alice");
        watch(nodes.node(0), alice, "bob", "carol");
        alice.link.close();
        nodes.pass(GRACE.multipliedBy(3));
        assertThat(nodes.node(0).engine.counters().busChannels()).isZero();
    }

    @Test
    void aNotificationReachesTheInboxOfEverybodyOnline() {
        RawClient bob = nodes.node(1).join("bob");
        RawClient carol = nodes.node(2).join("carol");
        Content content = new Content(Content.NOTIFICATION, "notice", Payload.EMPTY, Map.of(), 0, List.of(), 0);
        var sent = nodes.node(0)
                .engine
                .notifications()
                .sendToOnline(UserId.of("host"), ClientMessageId.of("n1"), content)
                .toCompletableFuture();
        nodes.run();
        assertThat(sent).isCompletedWithValue(2);
        assertThat(bob.seqs("inbox:bob")).containsExactly(1L);
        assertThat(carol.seqs("inbox:carol")).containsExactly(1L);
    }
}
