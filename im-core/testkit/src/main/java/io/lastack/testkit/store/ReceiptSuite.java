package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.Audience;
import io.lastack.spi.DeviceStart;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is entitled to a message, and how far they are. */
abstract class ReceiptSuite extends StoreSuite {
    ReceiptSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void everybodyEntitledIsToldWithEntitlementAndPositions() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob, carol);
        send(alice, group, 6);
        ack(group, bob, phone, 5);
        ack(group, bob, laptop, 3);
        read(group, bob, 4, 7_000);
        remove(group, carol);

        assertThat(memberships().entitled(group, 3))
                .containsExactlyInAnyOrder(
                        new MemberState(alice, 1, Long.MAX_VALUE, 0, 0, 0, 0),
                        new MemberState(bob, 1, Long.MAX_VALUE, 5, 0, 4, 7_000),
                        new MemberState(carol, 1, 8, 0, 0, 0, 0));
    }

    @Test
    void theAudienceOfAMessageIsItsSenderAndEverybodyEntitledToIt() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        send(alice, group, 2);
        send(bob, group, 1);
        add(group, carol);
        ack(group, bob, phone, 3);
        read(group, bob, 2, 7_000);

        for (long seq = 1; seq <= 5; seq++) {
            Audience audience = audience(group, seq);
            assertThat(audience.sender()).as("sender of %s", seq).isEqualTo(seq == 4 ? bob : alice);
            assertThat(audience.members())
                    .as("members of %s", seq)
                    .hasSize(seq < 5 ? 2 : 3)
                    .containsExactlyInAnyOrderElementsOf(memberships().entitled(group, seq));
            assertThat(audience.trimmedThrough()).isZero();
        }
        assertThat(audience(group, 6)).isEqualTo(new Audience(null, 0, List.of()));
        assertThat(audience(group("unknown"), 1)).isEqualTo(new Audience(null, 0, List.of()));
    }

    @Test
    void aMemberIsEntitledFromTheEntryOfItsJoiningToThatOfItsLeaving() {
        ConversationId group = newGroup("g", History.FROM_JOIN);
        send(alice, group, 2);
        add(group, bob);
        send(alice, group, 2);
        remove(group, bob);
        send(alice, group, 2);

        for (long seq = 1; seq <= 9; seq++) {
            assertThat(entitled(group, seq).contains(bob)).as("bob to %s", seq).isEqualTo(seq >= 4 && seq <= 7);
        }
    }

    @Test
    void everybodyIsEntitledToEverythingInAGroupWithOpenHistory() {
        ConversationId group = newGroup("g", History.ALL);
        send(alice, group, 2);
        add(group, bob);

        assertThat(entitled(group, 1)).containsExactlyInAnyOrder(alice, bob);
    }

    @Test
    void currentMembersAreEntitledToWhatIsYetToCome() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        remove(group, carol);

        assertThat(entitled(group, 3)).containsExactlyInAnyOrder(alice, bob);
        assertThat(entitled(group, 1_000_000)).containsExactlyInAnyOrder(alice, bob);
    }

    @Test
    void theHighestFloorOfAMembersDevicesCounts() {
        ConversationId group = newGroup("g", History.FROM_JOIN);
        send(alice, group, 4);
        add(group, bob, carol);
        send(alice, group, 4);
        cursors().register(bob, phone, DeviceStart.FIRST_VISIBLE);
        cursors().register(bob, laptop, DeviceStart.HEAD);

        assertThat(state(group, 7, bob).lastAck()).isEqualTo(10);
        assertThat(state(group, 7, carol).lastAck()).isEqualTo(5);
        assertThat(state(group, 7, alice).lastAck()).isZero();
    }

    @Test
    void aMessageIsToldWithTheEarliestTimeByWhichADeviceHadIt() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        send(alice, group, 9);
        ack(group, bob, phone, 4, 1_000);
        ack(group, bob, laptop, 6, 3_000);
        ack(group, bob, phone, 8, 5_000);
        ack(group, bob, phone, 7, 9_000);
        cursors().register(carol, phone, DeviceStart.HEAD);

        assertThat(state(group, 6, bob).ackedAt()).as("both have it").isEqualTo(3_000);
        assertThat(state(group, 7, bob).ackedAt())
                .as("one has it, and later told what it had said")
                .isEqualTo(5_000);
        assertThat(state(group, 9, bob).ackedAt()).as("none has it").isZero();
        assertThat(state(group, 9, carol).ackedAt())
                .as("it began above and confirmed nothing")
                .isZero();
        cursors().register(bob, laptop, DeviceStart.HEAD);
        assertThat(state(group, 9, bob).ackedAt())
                .as("a start is no confirmation")
                .isZero();
        assertThat(state(group, 6, bob).ackedAt())
                .as("the time of a position below the start is gone")
                .isEqualTo(5_000);
    }

    @Test
    void whoReturnedHasTheNewEntitlementOnly() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        ack(group, bob, phone, 1);
        read(group, bob, 1, 9);
        remove(group, bob);
        send(alice, group, 2);
        add(group, bob);

        assertThat(entitled(group, 1)).containsExactly(alice);
        assertThat(state(group, 5, bob)).isEqualTo(new MemberState(bob, 5, Long.MAX_VALUE, 4, 0, 1, 9));
    }

    @Test
    void bothUsersOfADirectConversationAreEntitledToAllOfIt() {
        ConversationId direct = directWith(3);
        ack(direct, bob, phone, 2);

        assertThat(memberships().entitled(direct, 3))
                .containsExactlyInAnyOrder(
                        new MemberState(alice, 1, Long.MAX_VALUE, 0, 0, 0, 0),
                        new MemberState(bob, 1, Long.MAX_VALUE, 2, 0, 0, 0));
    }

    @Test
    void thousandsOfMembersAreToldAtOnce() {
        List<UserId> users = users(1_500);
        ConversationId group = newGroup("g", History.ALL, users.subList(0, 500).toArray(UserId[]::new));
        add(group, users.subList(500, 1_000).toArray(UserId[]::new));
        add(group, users.subList(1_000, 1_500).toArray(UserId[]::new));
        read(group, users.get(1_200), 2, 9);

        assertThat(memberships().entitled(group, 1))
                .hasSize(1_501)
                .filteredOn(state -> state.lastRead() == 2)
                .containsExactly(new MemberState(users.get(1_200), 1, Long.MAX_VALUE, 0, 0, 2, 9));
    }
}
