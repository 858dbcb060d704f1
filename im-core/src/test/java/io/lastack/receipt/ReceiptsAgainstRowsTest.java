package io.lastack.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.UserId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Receipts from one position per member are those that one row per message and member would give. */
final class ReceiptsAgainstRowsTest {

    @Property
    void positionsGiveTheReceiptsThatRowsGive(@ForAll("histories") List<GroupWithRows.Event> history) {
        GroupWithRows group = new GroupWithRows();
        history.forEach(group::apply);
        for (long seq = 1; seq <= group.head(); seq++) {
            Receipts receipts = Receipts.of(seq, group.sender(seq), group.states());
            assertThat(receipts.readBy().stream().map(ReadMark::user).collect(Collectors.toSet()))
                    .as("who has read %d", seq)
                    .isEqualTo(group.recipients(seq, row -> row.read));
            assertThat(Set.copyOf(receipts.unreadBy()))
                    .as("who has not read %d", seq)
                    .isEqualTo(group.recipients(seq, row -> !row.read));
            assertThat(receipts.deliveredTo().stream().map(DeliveredMark::user).collect(Collectors.toSet()))
                    .as("who has received %d", seq)
                    .isEqualTo(group.recipients(seq, row -> row.delivered));
        }
    }

    @Property
    void positionsGiveTheUnreadCountsThatRowsGive(@ForAll("histories") List<GroupWithRows.Event> history) {
        GroupWithRows group = new GroupWithRows();
        history.forEach(group::apply);
        for (MemberState member : group.states()) {
            long own = member.unreadRange(group.head())
                    .map(range -> group.sentBy(member.user(), range))
                    .orElse(0L);
            assertThat(member.unreadCount(group.head(), own))
                    .as("unread of %s", member)
                    .isEqualTo(group.unread(member.user()));
        }
    }

    @Provide
    Arbitrary<List<GroupWithRows.Event>> histories() {
        Arbitrary<UserId> users = Arbitraries.of("alice", "bob", "carol", "dan").map(UserId::of);
        return Combinators.combine(
                        Arbitraries.of(GroupWithRows.Kind.class),
                        users,
                        Arbitraries.integers().between(0, 100))
                .as(GroupWithRows.Event::new)
                .list()
                .ofMaxSize(40);
    }
}
