package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages of members. */
abstract class MemberListSuite extends StoreSuite {
    MemberListSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void membersAreListedInAscendingOrderOfTheCodePointsOfTheirNames() {
        List<UserId> ascending = List.of(
                user("+"),
                user("-"),
                user("."),
                user("10"),
                user("9"),
                user("@"),
                user("A"),
                user("Z"),
                user("_"),
                user("a"),
                user("aa"),
                user("z"));
        List<UserId> mixed = new ArrayList<>(ascending.subList(6, 12));
        mixed.addAll(ascending.subList(0, 6));
        ConversationId group = group("g");
        append(change(user("b"), group, new Change.CreateGroup("g", History.ALL, mixed)));

        assertThat(listed(group, null, 100))
                .containsExactlyElementsOf(with(ascending, 11, user("b")))
                .isSorted();
    }

    @Test
    void pagesOneAfterTheOtherGiveEveryCurrentMemberOnce() {
        List<UserId> users = users(25);
        ConversationId group = newGroup("g", History.ALL, users.toArray(UserId[]::new));
        remove(group, users.get(0), users.get(9), users.get(10), users.get(24));
        List<UserId> all = new ArrayList<>();
        List<UserId> next;
        do {
            next = listed(group, all.isEmpty() ? null : all.get(all.size() - 1), 5);
            assertThat(next).hasSizeLessThanOrEqualTo(5);
            all.addAll(next);
        } while (next.size() == 5);

        assertThat(all).hasSize(22).isSorted().doesNotHaveDuplicates().doesNotContain(users.get(9), users.get(24));
    }

    @Test
    void aPageMayStartAfterAUserWhoIsNoMember() {
        ConversationId group = newGroup("g", History.ALL, bob, dave);

        assertThat(listed(group, carol, 10)).containsExactly(dave);
        assertThat(listed(group, dave, 10)).isEmpty();
        assertThat(listed(group, null, 1)).containsExactly(alice);
    }

    @Test
    void aLimitBelowOneIsRefused() {
        ConversationId group = newGroup("g", History.ALL);

        assertThatIllegalArgumentException().isThrownBy(() -> memberships().members(group, null, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> memberships().subscriptions(alice, phone, null, 0));
    }

    @Test
    void ofSomeUsersThoseAreToldWhoAreCurrentMembers() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        remove(group, carol);

        assertThat(memberships().members(group, List.of(dave, carol, bob, bob, alice)))
                .containsExactlyInAnyOrder(new Member(alice, Role.OWNER, 1), new Member(bob, Role.MEMBER, 1));
        assertThat(memberships().members(group, List.of())).isEmpty();
        assertThat(memberships().members(group("unknown"), List.of(alice))).isEmpty();
    }

    @Test
    void hundredsOfUsersCanBeAskedForAtOnce() {
        List<UserId> users = users(700);
        ConversationId group = newGroup("g", History.ALL, users.subList(0, 400).toArray(UserId[]::new));

        assertThat(memberships().members(group, users))
                .extracting(Member::user)
                .containsExactlyInAnyOrderElementsOf(users.subList(0, 400));
    }

    private List<UserId> listed(ConversationId group, @Nullable UserId after, int limit) {
        return memberships().members(group, after, limit).stream()
                .map(Member::user)
                .toList();
    }

    private static List<UserId> with(List<UserId> users, int index, UserId user) {
        List<UserId> result = new ArrayList<>(users);
        result.add(index, user);
        return result;
    }
}
