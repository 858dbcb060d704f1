package io.lastack.testkit.store;

import static io.lastack.cursor.AdvanceOutcome.ADVANCED;
import static io.lastack.cursor.AdvanceOutcome.REFUSED;
import static io.lastack.cursor.AdvanceOutcome.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.cursor.ReadAdvance;
import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The positions of readers. */
abstract class ReadCursorSuite extends StoreSuite {
    ReadCursorSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aReadCursorMovesUpWithItsTimeForAllDevicesOfTheUser() {
        ConversationId direct = directWith(10);

        assertThat(read(direct, bob, 4, 1_000)).isEqualTo(ADVANCED);
        assertThat(read(direct, bob, 9, 3_000_000_000_000L)).isEqualTo(ADVANCED);
        assertRead(direct, bob, 9, 3_000_000_000_000L);
        assertThat(subscription(bob, laptop, direct).lastRead()).isEqualTo(9);
        assertThat(subscription(bob, laptop, direct).lastAck()).isZero();
        assertRead(direct, alice, 0, 0);
    }

    @Test
    void aReadCursorNeverMovesDownAndKeepsTheTimeOfItsLastMove() {
        ConversationId direct = directWith(10);
        read(direct, bob, 7, 5_000);

        for (long seq : new long[] {7, 6, 1}) {
            assertThat(read(direct, bob, seq, 6_000)).as("to %s", seq).isEqualTo(UNCHANGED);
            assertRead(direct, bob, 7, 5_000);
        }
    }

    @Test
    void aTimeBeforeTheLastOneIsKeptAsItIs() {
        ConversationId direct = directWith(10);
        read(direct, bob, 3, 5_000);

        assertThat(read(direct, bob, 4, 4_000)).isEqualTo(ADVANCED);
        assertRead(direct, bob, 4, 4_000);
    }

    @Test
    void aReadAboveTheHeadIsRefused() {
        ConversationId direct = directWith(10);
        read(direct, bob, 7, 5_000);

        assertThat(read(direct, bob, 11, 6_000)).isEqualTo(REFUSED);
        assertThat(read(direct, bob, Long.MAX_VALUE, 6_000)).isEqualTo(REFUSED);
        assertRead(direct, bob, 7, 5_000);
    }

    @Test
    void aReadOfWhoNeverWasAMemberIsRefused() {
        ConversationId direct = directWith(10);

        assertThat(read(direct, carol, 1, 1)).isEqualTo(REFUSED);
        assertThat(read(group("unknown"), alice, 1, 1)).isEqualTo(REFUSED);
        assertThat(memberships().subscriptions(carol, phone, null, 10)).isEmpty();
    }

    @Test
    void aFormerMemberMayReadUpToTheLastMessageThatItMaySee() {
        ConversationId group = newGroup("g", History.ALL, bob);
        send(alice, group, 3);
        remove(group, bob);
        send(alice, group, 3);

        assertThat(read(group, bob, 6, 1)).isEqualTo(REFUSED);
        assertThat(read(group, bob, 5, 2)).isEqualTo(ADVANCED);
        assertRead(group, bob, 5, 2);
    }

    @Test
    void aListIsAnsweredInItsOrderAndARefusalDoesNotHinderTheOthers() {
        ConversationId direct = directWith(10);
        ConversationId inbox = ConversationId.inbox(bob);
        send(alice, inbox, 2);
        read(direct, bob, 5, 1_000);

        assertThat(cursors()
                        .advanceReads(List.of(
                                new ReadAdvance(direct, alice, 11, 2_000),
                                new ReadAdvance(direct, bob, 5, 3_000),
                                new ReadAdvance(direct, carol, 1, 4_000),
                                new ReadAdvance(inbox, bob, 2, 5_000))))
                .containsExactly(REFUSED, UNCHANGED, REFUSED, ADVANCED);
        assertRead(direct, bob, 5, 1_000);
        assertRead(inbox, bob, 2, 5_000);
    }

    @Test
    void aListMayMoveHundredsOfCursorsEachWithItsTime() {
        List<UserId> users = users(500);
        ConversationId group = newGroup("g", History.ALL, users.toArray(UserId[]::new));
        send(alice, group, 3);
        List<ReadAdvance> advances = users.stream()
                .map(user -> new ReadAdvance(group, user, 2 + users.indexOf(user) % 3, users.indexOf(user)))
                .toList();

        assertThat(cursors().advanceReads(advances)).isEqualTo(Collections.nCopies(500, ADVANCED));
        assertThat(cursors().advanceReads(advances)).isEqualTo(Collections.nCopies(500, UNCHANGED));
        assertRead(group, users.get(499), 3, 499);
        assertRead(group, users.get(10), 3, 10);
    }

    @Test
    void anEmptyListMovesNothing() {
        read(directWith(2), bob, 2, 7);

        assertThat(cursors().advanceReads(List.of())).isEmpty();
        assertRead(ConversationId.direct(alice, bob), bob, 2, 7);
    }

    @Test
    void aListThatIsNotSortedOrNamesACursorTwiceIsRefusedAsAWhole() {
        ConversationId direct = directWith(10);
        ReadAdvance bobs = new ReadAdvance(direct, bob, 5, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursors().advanceReads(List.of(bobs, new ReadAdvance(direct, alice, 5, 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursors().advanceReads(List.of(bobs, new ReadAdvance(direct, bob, 6, 1))));
        assertRead(direct, bob, 0, 0);
        assertRead(direct, alice, 0, 0);
    }

    private void assertRead(ConversationId conversation, UserId user, long seq, long at) {
        assertThat(subscription(user, conversation).lastRead()).isEqualTo(seq);
        assertThat(state(conversation, 2, user))
                .satisfies(state ->
                        assertThat(List.of(state.lastRead(), state.readAt())).containsExactly(seq, at));
    }
}
