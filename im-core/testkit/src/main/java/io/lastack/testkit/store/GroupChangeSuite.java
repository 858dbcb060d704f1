package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What a group carries besides its members' coming and going: attributes, history, ownership, mutes, and a limit. */
abstract class GroupChangeSuite extends StoreSuite {
    GroupChangeSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void theAttributesSetLastAreTheOnlyOnes() {
        ConversationId group = newGroup("g", History.ALL, bob);
        assertThat(attributes(group)).isEmpty();

        Map<String, String> first =
                Map.of("topic", "caf\u00e9 \ud83d\ude00 '\"\n", "avatar", "", "Topic", "x".repeat(1_024));
        appended(change(alice, group, new Change.SetAttributes(first)));
        assertThat(attributes(group)).isEqualTo(first);

        appended(change(alice, group, new Change.SetAttributes(Map.of("topic", "another"))));
        assertThat(attributes(group)).isEqualTo(Map.of("topic", "another"));

        appended(change(alice, group, new Change.SetAttributes(Map.of())));
        assertThat(attributes(group)).isEmpty();
    }

    @Test
    void aChangeOfHistoryCountsForThoseWhoJoinAfterIt() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        add(group, carol);
        appended(change(alice, group, new Change.SetHistory(History.ALL)));
        add(group, dave);

        assertThat(memberships().find(group)).map(ConversationInfo::history).contains(History.ALL);
        assertThat(subscription(carol, group).firstSeq()).isEqualTo(2);
        assertThat(subscription(dave, group).firstSeq()).isEqualTo(1);
    }

    @Test
    void ownershipGoesOverAndLeavesAnAdminBehind() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        appended(change(alice, group, new Change.TransferOwnership(alice, bob)));

        assertThat(members(group))
                .containsExactly(
                        new Member(alice, Role.ADMIN, 1),
                        new Member(bob, Role.OWNER, 1),
                        new Member(carol, Role.MEMBER, 1));
        assertThat(memberships().owners(group, 10)).containsExactly(bob);
    }

    @Test
    void ownershipStaysIfItsReceiverIsNoMember() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        remove(group, carol);
        appended(change(alice, group, new Change.TransferOwnership(alice, carol)));
        appended(change(alice, group, new Change.TransferOwnership(alice, dave)));

        assertThat(members(group)).containsExactly(new Member(alice, Role.OWNER, 1), new Member(bob, Role.MEMBER, 1));
        assertThat(subscription(carol, group).role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void ownersAreFoundAmongTheOthers() {
        ConversationId group = newGroup("g", History.ALL, bob, carol, dave);
        appended(change(alice, group, new Change.SetRole(carol, Role.OWNER)));
        appended(change(alice, group, new Change.SetRole(bob, Role.ADMIN)));

        assertThat(memberships().owners(group, 10)).containsExactlyInAnyOrder(alice, carol);
        assertThat(memberships().owners(group, 1)).hasSize(1).isSubsetOf(alice, carol);
        remove(group, carol);
        assertThat(memberships().owners(group, 10)).containsExactly(alice);
        assertThat(memberships().owners(group("absent"), 10)).isEmpty();
    }

    @Test
    void aMuteIsKeptForTheMemberAloneUntilItIsEnded() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        mute(group, bob, 1_800_000_000_000L);
        mute(group, carol, Change.FOR_GOOD);

        assertThat(members(group))
                .containsExactly(
                        new Member(alice, Role.OWNER, 1, 0),
                        new Member(bob, Role.MEMBER, 1, 1_800_000_000_000L),
                        new Member(carol, Role.MEMBER, 1, Change.FOR_GOOD));
        assertThat(memberships().members(group, List.of(bob)))
                .containsExactly(new Member(bob, Role.MEMBER, 1, 1_800_000_000_000L));
        assertThat(subscription(bob, group).mutedUntil()).isEqualTo(1_800_000_000_000L);
        assertThat(subscription(alice, group).mutedUntil()).isZero();

        mute(group, bob, 0);
        assertThat(subscription(bob, group).mutedUntil()).isZero();
        assertThat(subscription(carol, group).mutedUntil()).isEqualTo(Change.FOR_GOOD);
    }

    @Test
    void aMuteEndsWithTheMembership() {
        ConversationId group = newGroup("g", History.ALL, bob);
        mute(group, bob, Change.FOR_GOOD);
        remove(group, bob);
        assertThat(subscription(bob, group).mutedUntil()).isZero();

        mute(group, bob, Change.FOR_GOOD);
        mute(group, dave, Change.FOR_GOOD);
        add(group, bob, dave);
        assertThat(members(group)).allMatch(member -> member.mutedUntil() == 0);
    }

    @Test
    void aGroupIsNotCreatedBeyondItsLimit() {
        ConversationId group = group("g");
        Change tooMany = new Change.CreateGroup("g", History.ALL, List.of(bob, carol), 2);
        assertRefused(append(change(alice, group, tooMany)).get(0));
        assertThat(memberships().find(group)).isEmpty();

        Change exact = new Change.CreateGroup("g", History.ALL, List.of(alice, bob, carol), 3);
        assertThat(appended(change(alice, group, exact))).isEqualTo(1);
    }

    @Test
    void aGroupDoesNotGrowBeyondItsLimit() {
        ConversationId group = newGroup("g", History.ALL, bob);

        assertRefused(append(change(alice, group, new Change.AddMembers(List.of(carol, dave), Role.MEMBER, 3)))
                .get(0));
        assertThat(members(group)).hasSize(2);
        assertThat(appended(change(alice, group, new Change.AddMembers(List.of(bob, carol), Role.MEMBER, 3))))
                .isEqualTo(2);
        // Nobody is new: whatever the limit is now, this changes nothing.
        assertThat(appended(change(alice, group, new Change.AddMembers(List.of(bob, carol), Role.MEMBER, 1))))
                .isEqualTo(3);
        assertThat(memberships().find(group)).map(ConversationInfo::members).contains(3);
    }

    @Test
    void theLimitCountsWhatEarlierDraftsOfTheSameListDid() {
        ConversationId group = newGroup("g", History.ALL, bob);
        List<AppendOutcome> outcomes = append(
                change(alice, group, new Change.AddMembers(List.of(carol), Role.MEMBER, 3)),
                change(alice, group, new Change.AddMembers(List.of(dave), Role.MEMBER, 3)),
                change(alice, group, new Change.RemoveMembers(List.of(bob))),
                change(alice, group, new Change.AddMembers(List.of(dave), Role.MEMBER, 3)));

        assertRefused(outcomes.get(1));
        assertThat(outcomes.get(3)).isEqualTo(new AppendOutcome.Appended(4, SENT_AT));
        assertThat(members(group)).extracting(Member::user).containsExactly(alice, carol, dave);
    }

    @Test
    void membersAddedByManyAtOnceNeverExceedTheLimit() throws Exception {
        ConversationId group = newGroup("g", History.ALL);
        List<UserId> users = users(12);
        Together.run(users.stream()
                .<Callable<List<AppendOutcome>>>map(user ->
                        () -> append(change(alice, group, new Change.AddMembers(List.of(user), Role.MEMBER, 6))))
                .toList());

        assertThat(members(group)).hasSize(6);
        assertThat(memberships().find(group)).map(ConversationInfo::members).contains(6);
    }

    @Test
    void theLastOwnerNeitherGoesNorGivesTheRoleUpWhileThereAreOtherMembers() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        assertRefused(append(change(alice, group, new Change.RemoveMembers(List.of(alice), true)))
                .get(0));
        assertRefused(append(change(alice, group, new Change.RemoveMembers(List.of(alice, bob, dave), true)))
                .get(0));
        assertRefused(append(change(alice, group, new Change.SetRole(alice, Role.ADMIN)))
                .get(0));
        assertThat(members(group))
                .as("nothing was done")
                .containsExactly(
                        new Member(alice, Role.OWNER, 1),
                        new Member(bob, Role.MEMBER, 1),
                        new Member(carol, Role.MEMBER, 1));

        List<AppendOutcome> outcomes = append(
                change(alice, group, new Change.SetRole(bob, Role.OWNER)),
                change(alice, group, new Change.RemoveMembers(List.of(alice), true)),
                change(bob, group, new Change.SetRole(bob, Role.MEMBER)),
                change(bob, group, new Change.RemoveMembers(List.of(bob, carol, dave), true)));
        assertThat(outcomes.get(1)).isEqualTo(new AppendOutcome.Appended(3, SENT_AT));
        assertRefused(outcomes.get(2));
        assertThat(outcomes.get(3)).as("nobody stays").isEqualTo(new AppendOutcome.Appended(4, SENT_AT));
    }

    @Test
    void aGroupThatLostItsOwnerLosesFurtherMembers() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        remove(group, alice);

        assertThat(appended(change(bob, group, new Change.RemoveMembers(List.of(bob), true))))
                .isEqualTo(3);
        assertThat(members(group)).containsExactly(new Member(carol, Role.MEMBER, 1));
    }

    @Test
    void ownersWhoGoAtTheSameMomentLeaveOneBehind() throws Exception {
        List<UserId> owners = users(8);
        ConversationId group = newGroup("g", History.ALL, bob);
        appended(change(alice, group, new Change.AddMembers(owners, Role.OWNER)));
        appended(change(alice, group, new Change.RemoveMembers(List.of(alice), true)));
        List<Callable<List<AppendOutcome>>> goings = new ArrayList<>();
        for (int i = 0; i < owners.size(); i++) {
            UserId owner = owners.get(i);
            Change change = i % 2 == 0
                    ? new Change.RemoveMembers(List.of(owner), true)
                    : new Change.SetRole(owner, Role.MEMBER);
            goings.add(() -> append(change(owner, group, change)));
        }
        List<List<AppendOutcome>> outcomes = Together.run(goings);

        assertThat(outcomes)
                .filteredOn(o -> o.get(0) instanceof AppendOutcome.Refused)
                .hasSize(1);
        assertThat(memberships().owners(group, 10)).hasSize(1);
    }

    private void mute(ConversationId group, UserId user, long until) {
        appended(change(alice, group, new Change.MuteMember(user, until)));
    }

    private Map<String, String> attributes(ConversationId group) {
        return memberships().find(group).orElseThrow().attributes();
    }

    private List<Member> members(ConversationId group) {
        return memberships().members(group, null, 100);
    }

    private static void assertRefused(AppendOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AppendOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.CONFLICT));
    }
}
