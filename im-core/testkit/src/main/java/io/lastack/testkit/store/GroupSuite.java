package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import io.lastack.spi.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What changes do to a group, and to what its members may see. */
abstract class GroupSuite extends StoreSuite {
    GroupSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void theCreatorIsTheOwnerAndTheOthersArePlainMembers() {
        String name = "caf\u00e9 \ud83d\ude00 '\"";
        ConversationId group = newGroup(group("g"), name, History.FROM_JOIN, carol, bob);

        assertThat(memberships().find(group))
                .contains(new ConversationInfo(group, name, History.FROM_JOIN, 1, 3, false));
        assertThat(members(group))
                .containsExactly(
                        new Member(alice, Role.OWNER, 1),
                        new Member(bob, Role.MEMBER, 1),
                        new Member(carol, Role.MEMBER, 1));
    }

    @Test
    void aCreatorWhoIsNamedAmongTheMembersIsStillTheOwner() {
        ConversationId group = newGroup("g", History.ALL, bob, alice);

        assertThat(members(group)).containsExactly(new Member(alice, Role.OWNER, 1), new Member(bob, Role.MEMBER, 1));
    }

    @Test
    void whoIsAddedSeesTheLogFromThatEntryOn() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        send(bob, group, 3);

        assertThat(add(group, carol, dave)).isEqualTo(5);
        assertThat(members(group)).contains(new Member(carol, Role.MEMBER, 5), new Member(dave, Role.MEMBER, 5));
        assertEntitled(group, carol, 5, Long.MAX_VALUE);
        assertEntitled(group, bob, 1, Long.MAX_VALUE);
        assertThat(entitled(group, 4)).containsExactlyInAnyOrder(alice, bob);
    }

    @Test
    void whoIsAddedToAGroupWithOpenHistorySeesTheWholeLog() {
        ConversationId group = newGroup("g", History.ALL, bob);
        send(bob, group, 3);
        add(group, carol);

        assertThat(members(group)).contains(new Member(carol, Role.MEMBER, 5));
        assertEntitled(group, carol, 1, Long.MAX_VALUE);
        assertThat(entitled(group, 1)).containsExactlyInAnyOrder(alice, bob, carol);
    }

    @Test
    void addingWhoIsAMemberChangesNothingForThem() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        appended(change(alice, group, new Change.AddMembers(List.of(bob, carol, alice), Role.ADMIN)));

        assertThat(members(group))
                .containsExactly(
                        new Member(alice, Role.OWNER, 1),
                        new Member(bob, Role.MEMBER, 1),
                        new Member(carol, Role.ADMIN, 2));
        assertEntitled(group, bob, 1, Long.MAX_VALUE);
        assertThat(memberships().find(group)).map(ConversationInfo::members).contains(3);
    }

    @Test
    void whoIsRemovedMaySeeTheLogUpToThatEntry() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob, carol);
        send(bob, group, 2);

        assertThat(remove(group, bob, carol)).isEqualTo(4);
        send(alice, group, 2);
        assertThat(members(group)).containsExactly(new Member(alice, Role.OWNER, 1));
        assertThat(memberships().find(group))
                .contains(new ConversationInfo(group, "g", History.FROM_JOIN, 6, 1, false));
        assertEntitled(group, bob, 1, 4);
        assertThat(subscription(bob, group).head()).isEqualTo(6);
        assertThat(entitled(group, 4)).containsExactlyInAnyOrder(alice, bob, carol);
        assertThat(entitled(group, 5)).containsExactly(alice);
    }

    @Test
    void aLateAckOrReadOfWhoWasRemovedBringsNothingBack() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        long last = remove(group, bob);
        send(alice, group);

        ack(group, bob, phone, last);
        read(group, bob, last, SENT_AT);
        ack(group, bob, phone, last + 1);

        assertThat(memberships().members(group, List.of(bob))).isEmpty();
        assertThat(subscription(bob, group).lastSeq()).isEqualTo(last);
        assertThat(subscription(bob, group).lastAck()).isEqualTo(last);
        assertThat(entitled(group, last + 1)).containsExactly(alice);
    }

    @Test
    void removingWhoIsNoMemberChangesNothing() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        remove(group, bob);
        remove(group, bob, carol);

        assertEntitled(group, bob, 1, 2);
        assertThat(memberships().subscriptions(carol, phone, List.of(group))).isEmpty();
        assertThat(memberships().find(group)).map(ConversationInfo::members).contains(1);
    }

    @Test
    void whoReturnsStartsANewEntitlementInTheNewRole() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        remove(group, bob);
        send(alice, group, 3);
        appended(change(alice, group, new Change.AddMembers(List.of(bob), Role.ADMIN)));

        assertThat(members(group)).contains(new Member(bob, Role.ADMIN, 6));
        assertEntitled(group, bob, 6, Long.MAX_VALUE);
        assertThat(entitled(group, 1)).containsExactly(alice);
        assertThat(memberships().find(group)).map(ConversationInfo::members).contains(2);
        remove(group, bob);
        assertEntitled(group, bob, 6, 7);
    }

    @Test
    void whoReturnsToAGroupWithOpenHistorySeesItAll() {
        ConversationId group = newGroup("g", History.ALL, bob);
        remove(group, bob);
        send(alice, group, 3);
        add(group, bob);

        assertThat(members(group)).contains(new Member(bob, Role.MEMBER, 6));
        assertEntitled(group, bob, 1, Long.MAX_VALUE);
    }

    @Test
    void positionsOutliveAMembership() {
        ConversationId group = newGroup("g", History.ALL, bob);
        send(alice, group, 3);
        ack(group, bob, phone, 4);
        read(group, bob, 3, SENT_AT);
        remove(group, bob);
        send(alice, group, 3);
        add(group, bob);

        assertThat(subscription(bob, phone, group).lastAck()).isEqualTo(4);
        assertThat(subscription(bob, phone, group).lastRead()).isEqualTo(3);
    }

    @Test
    void aRoleChangesForMembersOnly() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        remove(group, carol);
        for (UserId user : List.of(bob, carol, dave)) {
            appended(change(alice, group, new Change.SetRole(user, Role.ADMIN)));
        }

        assertThat(members(group)).containsExactly(new Member(alice, Role.OWNER, 1), new Member(bob, Role.ADMIN, 1));
        assertThat(subscription(bob, group).role()).isEqualTo(Role.ADMIN);
        assertThat(subscription(carol, group).role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void aGroupCanBeRenamed() {
        ConversationId group = newGroup("old", History.ALL, bob);
        appended(change(bob, group, new Change.Rename("new")));

        assertThat(memberships().find(group)).contains(new ConversationInfo(group, "new", History.ALL, 2, 2, false));
        assertThat(subscription(bob, group).name()).isEqualTo("new");
    }

    @Test
    void allMembersLeaveADissolvedGroupWithThatEntry() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        remove(group, carol);

        assertThat(dissolve(group)).isEqualTo(3);
        assertThat(members(group)).isEmpty();
        assertThat(memberships().find(group)).contains(new ConversationInfo(group, "g", History.ALL, 3, 0, true));
        assertEntitled(group, alice, 1, 3);
        assertEntitled(group, bob, 1, 3);
        assertEntitled(group, carol, 1, 2);
    }

    @Test
    void aRepeatedChangeChangesNothing() {
        ConversationId group = newGroup("g", History.FROM_JOIN);
        Draft add = change(alice, group, new Change.AddMembers(List.of(bob), Role.ADMIN));
        Draft rename = change(alice, group, new Change.Rename("first"));
        append(add, rename);
        remove(group, bob);
        appended(change(alice, group, new Change.Rename("second")));

        assertThat(append(add, rename))
                .containsExactly(new AlreadyAppended(2, SENT_AT), new AlreadyAppended(3, SENT_AT));
        assertEntitled(group, bob, 2, 4);
        assertThat(memberships().find(group))
                .contains(new ConversationInfo(group, "second", History.FROM_JOIN, 5, 1, false));
    }

    @Test
    void changesOfOneListTakeEffectInItsOrder() {
        ConversationId group = group("g");
        append(
                change(alice, group, new Change.CreateGroup("g", History.FROM_JOIN, List.of(bob))),
                change(alice, group, new Change.RemoveMembers(List.of(bob))),
                change(alice, group, new Change.AddMembers(List.of(bob, carol), Role.MEMBER)),
                change(alice, group, new Change.SetRole(bob, Role.ADMIN)),
                change(alice, group, new Change.RemoveMembers(List.of(carol))),
                change(alice, group, new Change.Rename("h")));

        assertThat(members(group)).containsExactly(new Member(alice, Role.OWNER, 1), new Member(bob, Role.ADMIN, 3));
        assertEntitled(group, bob, 3, Long.MAX_VALUE);
        assertEntitled(group, carol, 3, 5);
        assertThat(memberships().find(group))
                .contains(new ConversationInfo(group, "h", History.FROM_JOIN, 6, 2, false));
    }

    @Test
    void aChangeMayNameFiveHundredUsers() {
        List<UserId> users = users(1_000);
        ConversationId group = group("large");
        append(
                change(alice, group, new Change.CreateGroup("large", History.ALL, users.subList(0, 500))),
                change(alice, group, new Change.AddMembers(users.subList(500, 1_000), Role.MEMBER)));
        assertThat(memberships().find(group)).map(ConversationInfo::members).contains(1_001);

        remove(group, users.subList(250, 750).toArray(UserId[]::new));
        assertThat(memberships().find(group)).map(ConversationInfo::members).contains(501);
        assertThat(entitled(group, 2)).hasSize(1_001);
        assertThat(entitled(group, 4)).hasSize(501);
    }

    private List<Member> members(ConversationId group) {
        return memberships().members(group, null, 100);
    }

    private void assertEntitled(ConversationId group, UserId user, long firstSeq, long lastSeq) {
        Subscription subscription = subscription(user, group);
        assertThat(List.of(subscription.firstSeq(), subscription.lastSeq()))
                .as("entitlement of %s", user)
                .containsExactly(firstSeq, lastSeq);
    }
}
