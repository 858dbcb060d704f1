package io.lastack.engine;

import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Message;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupTest {
    private static final String TEAM = "group:team";

    private final Scene scene = new Scene();

    private long create(RawClient owner, String history, String... members) {
        return owner.request(id -> new ClientFrame.Group(
                id, null, new GroupAction.Create("team", "The team", List.of(members), history, null)));
    }

    private static long act(RawClient client, GroupAction action) {
        return client.request(id -> new ClientFrame.Group(id, TEAM, action));
    }

    private int code(RawClient client, long id) {
        scene.run();
        return client.reply(id).status().code();
    }

    @Test
    void aMessageIsStoredOnceAndReachesEveryMemberOnline() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        RawClient carol = scene.join("carol");
        long id = create(alice, null, "bob", "carol");
        scene.run();
        assertThat(((Result.Group) alice.reply(id).result()).members())
                .extracting(m -> m.user() + " " + m.role())
                .containsExactly("alice owner", "bob member", "carol member");

        alice.send(TEAM, "m1", "hello all");
        scene.run();

        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L);
        assertThat(carol.seqs(TEAM)).containsExactly(1L, 2L);
        assertThat(scene.engine.counters().messagesAppended()).isEqualTo(2);
    }

    @Test
    void aSendRightBehindTheCreationInTheSamePacketFindsTheGroup() {
        RawClient alice = scene.join("alice");
        alice.write(
                new ClientFrame.Group(71, null, new GroupAction.Create("team", "T", List.of("bob"), null, null)),
                alice.sendFrame(TEAM, "m1", "first"));
        scene.run();
        assertThat(alice.reply(71).status().code()).isEqualTo(200);
        assertThat(alice.all(ServerFrame.Reply.class)).allMatch(r -> r.status().isOk());
    }

    @Test
    void aNewMemberSeesTheLogFromTheEntryThatAddedIt() {
        RawClient alice = scene.join("alice");
        RawClient dave = scene.join("dave");
        create(alice, "join", "bob");
        alice.send(TEAM, "m1", "before");
        scene.run();
        act(alice, new GroupAction.AddMembers(List.of("dave")));
        alice.send(TEAM, "m2", "after");
        scene.run();

        assertThat(dave.seqs(TEAM)).containsExactly(3L, 4L);
        assertThat(dave.all(ServerFrame.Membership.class))
                .extracting(ServerFrame.Membership::change, ServerFrame.Membership::joinedSeq)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("joined", 3L));
        long fetch = dave.request(id -> new ClientFrame.Fetch(id, TEAM, 0, 0, 100));
        scene.run();
        assertThat(((Result.Fetch) dave.reply(fetch).result()).messages())
                .extracting(Message::seq)
                .containsExactly(3L, 4L);
    }

    @Test
    void aNewMemberOfAGroupWithOpenHistorySeesAllOfIt() {
        RawClient alice = scene.join("alice");
        RawClient dave = scene.join("dave");
        create(alice, "all", "bob");
        alice.send(TEAM, "m1", "before");
        scene.run();
        act(alice, new GroupAction.AddMembers(List.of("dave")));
        scene.run();
        assertThat(dave.seqs(TEAM)).isEqualTo(seqs(1, 3));
    }

    @Test
    void aRemovedMemberSeesItsRemovalAndNothingAfterIt() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        create(alice, null, "bob", "carol");
        scene.run();
        act(alice, new GroupAction.RemoveMembers(List.of("bob")));
        scene.run();
        alice.send(TEAM, "m2", "secret");
        scene.run();

        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L);
        assertThat(code(bob, bob.send(TEAM, "b1", "x"))).isEqualTo(403);
        assertThat(scene.join("bob", "later").seqs(TEAM)).containsExactly(1L, 2L);
        long fetch = bob.request(id -> new ClientFrame.Fetch(id, TEAM, 2, 0, 100));
        scene.run();
        assertThat(((Result.Fetch) bob.reply(fetch).result()).messages()).isEmpty();
    }

    @Test
    void aStrangerLearnsNothing() {
        RawClient alice = scene.join("alice");
        RawClient eve = scene.join("eve");
        create(alice, null, "bob");
        alice.send("user:bob", "m", "private");
        scene.run();

        assertThat(code(eve, eve.send(TEAM, "e1", "x"))).isEqualTo(404);
        assertThat(code(eve, eve.send("direct:alice~bob", "e2", "x"))).isEqualTo(404);
        assertThat(code(eve, eve.request(id -> new ClientFrame.Fetch(id, TEAM, 0, 0, 10))))
                .isEqualTo(404);
        assertThat(code(eve, eve.request(id -> new ClientFrame.Fetch(id, "direct:alice~bob", 0, 0, 10))))
                .isEqualTo(404);
        assertThat(code(eve, eve.request(id -> new ClientFrame.Receipts(id, TEAM, 1))))
                .isEqualTo(404);
        assertThat(code(eve, eve.request(id -> new ClientFrame.Read(id, TEAM, 1))))
                .isEqualTo(404);
        assertThat(code(eve, act(eve, new GroupAction.Members(null, 10)))).isEqualTo(404);
        assertThat(code(eve, act(eve, new GroupAction.AddMembers(List.of("eve")))))
                .isEqualTo(404);
        assertThat(code(eve, eve.send("group:nowhere", "e3", "x"))).isEqualTo(404);
        assertThat(code(eve, eve.send("inbox:alice", "e4", "x"))).isEqualTo(403);
        assertThat(eve.all(ServerFrame.Deliver.class)).isEmpty();
    }

    @Test
    void rolesSayWhoMayDoWhat() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        RawClient carol = scene.join("carol");
        create(alice, null, "bob", "carol");
        scene.run();
        assertThat(code(bob, act(bob, new GroupAction.Rename("mine")))).isEqualTo(403);
        assertThat(code(alice, act(alice, new GroupAction.SetRole("bob", "admin"))))
                .isEqualTo(200);
        assertThat(code(bob, act(bob, new GroupAction.Rename("ours")))).isEqualTo(200);
        assertThat(code(bob, act(bob, new GroupAction.RemoveMembers(List.of("alice")))))
                .isEqualTo(403);
        assertThat(code(bob, act(bob, new GroupAction.Dissolve()))).isEqualTo(403);
        assertThat(code(alice, act(alice, new GroupAction.Leave())))
                .as("the only owner")
                .isEqualTo(409);
        assertThat(code(alice, act(alice, new GroupAction.SetRole("carol", "owner"))))
                .isEqualTo(200);
        assertThat(code(alice, act(alice, new GroupAction.Leave()))).isEqualTo(200);
        assertThat(code(carol, act(carol, new GroupAction.Dissolve()))).isEqualTo(200);
        assertThat(code(bob, bob.send(TEAM, "late", "x"))).isEqualTo(403);
        assertThat(bob.delivered(TEAM)
                        .get(bob.delivered(TEAM).size() - 1)
                        .content()
                        .ext())
                .containsEntry("change", "dissolved");
    }

    @Test
    void aMemberWhoIsAddedAgainStartsAnew() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        create(alice, null, "bob");
        scene.run();
        act(alice, new GroupAction.RemoveMembers(List.of("bob")));
        scene.run();
        alice.send(TEAM, "m1", "without bob");
        scene.run();
        act(alice, new GroupAction.AddMembers(List.of("bob")));
        scene.run();
        alice.send(TEAM, "m2", "with bob");
        scene.run();
        assertThat(bob.seqs(TEAM)).containsExactly(1L, 2L, 4L, 5L);
    }
}
