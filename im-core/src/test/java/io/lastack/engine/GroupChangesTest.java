package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import io.lastack.spi.EngineOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What members may change of a group, and how everybody hears of it. */
class GroupChangesTest {
    private static final String TEAM = "group:team";
    private static final ConversationId GROUP = ConversationId.group("team");

    private Scene scene = new Scene();

    private void create(RawClient owner, String... members) {
        owner.request(id -> new ClientFrame.Group(
                id, null, new GroupAction.Create("team", "The team", List.of(members), null, null)));
        scene.run();
    }

    private Status act(RawClient client, GroupAction action) {
        long id = client.request(request -> new ClientFrame.Group(request, TEAM, action));
        scene.run();
        return client.reply(id).status();
    }

    private Result.GroupInfo info(RawClient client) {
        long id = client.request(request -> new ClientFrame.Group(request, TEAM, new GroupAction.Info()));
        scene.run();
        return ((Result.Group) client.reply(id).result()).info();
    }

    private Status send(RawClient client, String id) {
        long request = client.send(TEAM, id, "x");
        scene.run();
        return client.reply(request).status();
    }

    private static Map<String, String> lastExt(RawClient client) {
        List<Message> messages = client.delivered(TEAM);
        return messages.get(messages.size() - 1).content().ext();
    }

    @Test
    void everyMemberSeesTheNewAttributesInTheLogAndCanAskForThem() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        create(alice, "bob");

        assertThat(act(alice, new GroupAction.SetAttributes(Map.of("topic", "Rowing", "avatar", "a.png"))))
                .isEqualTo(Status.OK);
        assertThat(lastExt(bob))
                .isEqualTo(Map.of("change", "attributes", "attribute.topic", "Rowing", "attribute.avatar", "a.png"));
        assertThat(info(bob))
                .isEqualTo(new Result.GroupInfo(Map.of("topic", "Rowing", "avatar", "a.png"), "join", 2, "member", 0));
        assertThat(act(bob, new GroupAction.SetAttributes(Map.of())).code()).isEqualTo(403);
        assertThat(act(alice, new GroupAction.SetAttributes(Map.of("no spaces", "x"))))
                .matches(status -> status.code() == 400)
                .extracting(Status::message)
                .asString()
                .contains("A-Z a-z 0-9 . _ -");
    }

    @Test
    void onlyAnOwnerOpensTheHistoryAndOnlyForThoseWhoJoinLater() {
        RawClient alice = scene.join("alice");
        RawClient carol = scene.join("carol");
        RawClient dave = scene.join("dave");
        create(alice, "bob");
        act(alice, new GroupAction.SetRole("bob", "admin"));
        act(alice, new GroupAction.AddMembers(List.of("carol")));
        assertThat(act(scene.join("bob"), new GroupAction.SetHistory("all")).code())
                .isEqualTo(403);
        assertThat(act(alice, new GroupAction.SetHistory("everything")).code()).isEqualTo(400);
        act(alice, new GroupAction.SetHistory("all"));
        act(alice, new GroupAction.AddMembers(List.of("dave")));

        assertThat(info(alice).history()).isEqualTo("all");
        assertThat(carol.seqs(TEAM).get(0)).isEqualTo(3);
        assertThat(dave.seqs(TEAM)).isEqualTo(Scene.seqs(1, 5));
    }

    @Test
    void ofTwoOwnersWhoLeaveAtTheSameMomentOneStays() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        create(alice, "bob", "carol");
        act(alice, new GroupAction.SetRole("bob", "owner"));

        long first = alice.request(id -> new ClientFrame.Group(id, TEAM, new GroupAction.Leave()));
        long second = bob.request(id -> new ClientFrame.Group(id, TEAM, new GroupAction.Leave()));
        scene.run();

        assertThat(List.of(
                        alice.reply(first).status().code(),
                        bob.reply(second).status().code()))
                .containsExactlyInAnyOrder(200, 409);
        assertThat(scene.store.memberships().owners(GROUP, 10)).hasSize(1);
    }

    @Test
    void afterATransferTheNewOwnerRulesAndTheOldOneIsAnAdmin() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        create(alice, "bob", "carol");
        assertThat(act(bob, new GroupAction.Transfer("carol")).code()).isEqualTo(403);
        assertThat(act(alice, new GroupAction.Transfer("stranger")).code()).isEqualTo(404);
        assertThat(act(alice, new GroupAction.Transfer("alice")).code()).isEqualTo(400);

        assertThat(act(alice, new GroupAction.Transfer("bob"))).isEqualTo(Status.OK);
        assertThat(alice.all(ServerFrame.Membership.class))
                .last()
                .matches(m -> m.change().equals("role") && m.role().equals("admin"));
        assertThat(bob.all(ServerFrame.Membership.class))
                .last()
                .matches(m -> m.change().equals("role") && m.role().equals("owner"));
        assertThat(act(alice, new GroupAction.Dissolve()).code()).isEqualTo(403);
        assertThat(act(alice, new GroupAction.Leave())).isEqualTo(Status.OK);
        assertThat(act(bob, new GroupAction.Leave()).code())
                .as("the only owner")
                .isEqualTo(409);
    }

    @Test
    void aMutedMemberIsToldUntilWhenAndMaySendAgainAfterwards() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.acksAtOnce = true;
        bob.acksAtOnce = true;
        create(alice, "bob", "carol");
        long until = scene.runtime.currentTimeMillis() + 60_000;
        act(alice, new GroupAction.MuteMember("bob", until));

        assertThat(bob.all(ServerFrame.Membership.class))
                .last()
                .matches(m -> m.change().equals("muted") && m.mutedUntil() == until);
        assertThat(lastExt(bob)).containsEntry("change", "muted").containsEntry("until", Long.toString(until));
        assertThat(send(bob, "b1"))
                .matches(status -> status.code() == 403 && status.message().contains(Long.toString(until)))
                .matches(status -> status.retryAfterMillis() > 59_000 && status.retryAfterMillis() <= 60_000);
        assertThat(send(alice, "a1")).isEqualTo(Status.OK);
        scene.pass(Duration.ofSeconds(61));
        assertThat(send(bob, "b2")).isEqualTo(Status.OK);
    }

    @Test
    void aMuteHoldsOnTheNextConnectionUntilItIsTakenBack() {
        RawClient alice = scene.join("alice");
        create(alice, "bob");
        act(alice, new GroupAction.MuteMember("bob", Change.FOR_GOOD));
        RawClient bob = scene.join("bob");

        assertThat(send(bob, "b1")).matches(s -> s.code() == 403 && s.retryAfterMillis() == 0);
        assertThat(info(bob).mutedUntil()).isEqualTo(Change.FOR_GOOD);
        act(alice, new GroupAction.MuteMember("bob", 0));
        assertThat(send(bob, "b2")).isEqualTo(Status.OK);
    }

    @Test
    void anAdminMutesPlainMembersAnOwnerEverybody() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        create(alice, "bob", "carol", "dave");
        act(alice, new GroupAction.SetRole("bob", "admin"));
        act(alice, new GroupAction.SetRole("carol", "admin"));

        assertThat(act(bob, new GroupAction.MuteMember("dave", 1))).isEqualTo(Status.OK);
        assertThat(act(bob, new GroupAction.MuteMember("carol", 1)).code()).isEqualTo(403);
        assertThat(act(bob, new GroupAction.MuteMember("alice", 1)).code()).isEqualTo(403);
        assertThat(act(alice, new GroupAction.MuteMember("bob", 1))).isEqualTo(Status.OK);
        assertThat(act(scene.join("dave"), new GroupAction.MuteMember("bob", 1)).code())
                .isEqualTo(403);
        assertThat(act(alice, new GroupAction.MuteMember("stranger", 1)).code()).isEqualTo(404);
        assertThat(act(alice, new GroupAction.MuteMember("bob", -1)).code()).isEqualTo(400);
    }

    @Test
    void aMuteMadeOnAnotherNodeHoldsOnceItsEntryIsHeardOf() {
        VirtualRuntime runtime = VirtualRuntime.seeded(7);
        MemoryStore store = MemoryStore.create();
        scene = new Scene(runtime, store, b -> b);
        Scene there = new Scene(runtime, store, b -> b);
        RawClient alice = there.join("alice");
        RawClient bob = scene.join("bob");
        create(alice, "bob");
        runtime.advance(EngineOptions.defaults().repairInterval().plusMillis(100));
        assertThat(send(bob, "b1")).isEqualTo(Status.OK);

        act(alice, new GroupAction.MuteMember("bob", Change.FOR_GOOD));
        runtime.advance(EngineOptions.defaults().repairInterval().plusMillis(100));
        assertThat(lastExt(bob)).containsEntry("change", "muted");
        assertThat(send(bob, "b2").code()).isEqualTo(403);
    }

    @Test
    void aGroupTakesNoMoreMembersThanTheOptionsAllow() {
        scene = new Scene(EngineOptions.defaults().withMaxGroupMembers(3));
        RawClient alice = scene.join("alice");
        create(alice, "bob");

        assertThat(act(alice, new GroupAction.AddMembers(List.of("carol", "dave"))))
                .matches(s -> s.code() == 409 && s.message().contains("4 members; at most 3"));
        assertThat(act(alice, new GroupAction.AddMembers(List.of("carol", "bob"))))
                .isEqualTo(Status.OK);
        CompletionStage<Long> byHost = scene.engine.groups().add(UserId.of("alice"), GROUP, List.of(UserId.of("dave")));
        scene.run();
        assertThat(byHost).isCompletedExceptionally();
        assertThat(scene.engine.groups().info(GROUP).members()).isEqualTo(3);
    }

    @Test
    void membersAreListedInPagesWithRoleEntryAndMute() {
        RawClient alice = scene.join("alice");
        create(alice, "bob");
        act(alice, new GroupAction.AddMembers(List.of("carol")));
        act(alice, new GroupAction.MuteMember("carol", 99));
        long id = alice.request(request -> new ClientFrame.Group(request, TEAM, new GroupAction.Members(null, 2)));
        long next = alice.request(request -> new ClientFrame.Group(request, TEAM, new GroupAction.Members("bob", 2)));
        scene.run();

        Result.Group first = (Result.Group) alice.reply(id).result();
        assertThat(first.members())
                .containsExactly(
                        new Result.GroupMember(UserId.of("alice"), "owner", 1, 0),
                        new Result.GroupMember(UserId.of("bob"), "member", 1, 0));
        assertThat(first.after()).isEqualTo("bob");
        assertThat(((Result.Group) alice.reply(next).result()).members())
                .containsExactly(new Result.GroupMember(UserId.of("carol"), "member", 2, 99));
    }

    @Test
    void theHostChangesGroupsWhateverTheRoles() {
        RawClient alice = scene.join("alice");
        create(alice, "bob");
        UserId bob = UserId.of("bob");
        scene.engine.groups().setAttributes(bob, GROUP, Map.of("topic", "t"));
        scene.engine.groups().setHistory(bob, GROUP, Change.History.ALL);
        scene.engine.groups().mute(bob, GROUP, UserId.of("alice"), Change.FOR_GOOD);
        scene.engine.groups().transfer(UserId.of("alice"), GROUP, bob);
        scene.run();

        assertThat(scene.engine.groups().info(GROUP).attributes()).isEqualTo(Map.of("topic", "t"));
        assertThat(scene.engine.groups().info(GROUP).history()).isEqualTo(Change.History.ALL);
        assertThat(scene.engine.groups().members(GROUP, null, 10))
                .extracting(m -> m.role() + " " + m.mutedUntil())
                .containsExactly(Role.ADMIN + " " + Change.FOR_GOOD, Role.OWNER + " 0");
        assertThat(send(alice, "a1").code()).isEqualTo(403);
    }
}
