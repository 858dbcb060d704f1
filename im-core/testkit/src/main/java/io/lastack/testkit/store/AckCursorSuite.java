package io.lastack.testkit.store;

import static io.lastack.cursor.AdvanceOutcome.ADVANCED;
import static io.lastack.cursor.AdvanceOutcome.REFUSED;
import static io.lastack.cursor.AdvanceOutcome.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The positions of devices. */
abstract class AckCursorSuite extends StoreSuite {
    AckCursorSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void anAckCursorMovesUp() {
        ConversationId direct = directWith(10);

        assertThat(ack(direct, bob, phone, 4)).isEqualTo(ADVANCED);
        assertThat(lastAck(direct, bob)).isEqualTo(4);
        assertThat(ack(direct, bob, phone, 10)).isEqualTo(ADVANCED);
        assertThat(lastAck(direct, bob)).isEqualTo(10);
    }

    @Test
    void anAckCursorNeverMovesDown() {
        ConversationId direct = directWith(10);
        ack(direct, bob, phone, 7);

        for (long seq : new long[] {7, 6, 1, 0}) {
            assertThat(ack(direct, bob, phone, seq)).as("to %s", seq).isEqualTo(UNCHANGED);
            assertThat(lastAck(direct, bob)).isEqualTo(7);
        }
    }

    @Test
    void anAckAboveTheHeadIsRefused() {
        ConversationId direct = directWith(10);
        ack(direct, bob, phone, 7);

        assertThat(ack(direct, bob, phone, 11)).isEqualTo(REFUSED);
        assertThat(ack(direct, bob, phone, Long.MAX_VALUE)).isEqualTo(REFUSED);
        assertThat(lastAck(direct, bob)).isEqualTo(7);
        send(alice, direct);
        assertThat(ack(direct, bob, phone, 11)).isEqualTo(ADVANCED);
    }

    @Test
    void anAckOfWhoNeverWasAMemberIsRefused() {
        ConversationId direct = directWith(10);
        ConversationId group = newGroup("g", History.ALL);

        assertThat(ack(direct, carol, phone, 1)).isEqualTo(REFUSED);
        assertThat(ack(group, bob, phone, 0)).isEqualTo(REFUSED);
        assertThat(ack(group("unknown"), alice, phone, 1)).isEqualTo(REFUSED);
        assertThat(ack(ConversationId.inbox(alice), alice, phone, 0)).isEqualTo(REFUSED);
        assertThat(memberships().subscriptions(carol, phone, null, 10)).isEmpty();
        assertThat(memberships().find(ConversationId.inbox(alice))).isEmpty();
    }

    @Test
    void aFormerMemberMayAckUpToTheLastMessageThatItMaySee() {
        ConversationId group = newGroup("g", History.ALL, bob);
        send(alice, group, 3);
        remove(group, bob);
        send(alice, group, 3);

        assertThat(ack(group, bob, phone, 6)).isEqualTo(REFUSED);
        assertThat(ack(group, bob, phone, 5)).isEqualTo(ADVANCED);
        assertThat(lastAck(group, bob)).isEqualTo(5);
    }

    @Test
    void anAckCursorNeverStandsBelowTheFirstMessageThatTheMemberMaySee() {
        ConversationId group = newGroup("g", History.FROM_JOIN);
        send(alice, group, 5);
        add(group, bob);
        assertThat(lastAck(group, bob)).isEqualTo(6);

        assertThat(ack(group, bob, phone, 3)).isEqualTo(UNCHANGED);
        assertThat(ack(group, bob, phone, 6)).isEqualTo(UNCHANGED);
        assertThat(lastAck(group, bob)).isEqualTo(6);
        assertThat(ack(group, bob, phone, 7)).isEqualTo(ADVANCED);
    }

    @Test
    void whoReturnsStartsNotBelowTheNewEntitlement() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        ack(group, bob, phone, 1);
        remove(group, bob);
        send(alice, group, 5);
        add(group, bob);

        assertThat(lastAck(group, bob)).isEqualTo(7);
        assertThat(ack(group, bob, phone, 2)).isEqualTo(UNCHANGED);
        assertThat(ack(group, bob, phone, 8)).isEqualTo(ADVANCED);
    }

    @Test
    void everyDeviceOfEveryUserHasItsOwnAckCursorInEveryConversation() {
        ConversationId direct = directWith(10);
        ConversationId other = ConversationId.direct(bob, carol);
        send(carol, other, 10);
        ack(direct, bob, phone, 1);
        ack(direct, bob, laptop, 2);
        ack(direct, alice, phone, 3);
        ack(other, bob, phone, 4);

        assertThat(List.of(
                        lastAck(direct, bob),
                        subscription(bob, laptop, direct).lastAck(),
                        lastAck(direct, alice),
                        subscription(alice, laptop, direct).lastAck(),
                        lastAck(other, bob)))
                .containsExactly(1L, 2L, 3L, 0L, 4L);
    }

    @Test
    void aListIsAnsweredInItsOrderAndARefusalDoesNotHinderTheOthers() {
        ConversationId direct = directWith(10);
        ConversationId inbox = ConversationId.inbox(bob);
        send(alice, inbox, 2);
        ack(direct, bob, laptop, 9);
        List<AckAdvance> advances = List.of(
                advance(direct, alice, 11),
                new AckAdvance(new CursorKey(direct, bob, laptop), 8),
                advance(direct, bob, 10),
                advance(direct, carol, 1),
                advance(inbox, bob, 2));

        assertThat(advances).isSortedAccordingTo(Comparator.comparing(AckAdvance::key));
        assertThat(cursors().advanceAcks(advances)).containsExactly(REFUSED, UNCHANGED, ADVANCED, REFUSED, ADVANCED);
        assertThat(lastAck(direct, alice)).isZero();
        assertThat(lastAck(direct, bob)).isEqualTo(10);
        assertThat(lastAck(inbox, bob)).isEqualTo(2);
    }

    @Test
    void aListMayMoveThousandsOfCursors() {
        List<UserId> users = users(500);
        ConversationId group = newGroup("g", History.ALL, users.toArray(UserId[]::new));
        ConversationId second = newGroup("h", History.ALL, users.toArray(UserId[]::new));
        send(alice, group, 3);
        List<AckAdvance> advances = Stream.of(group, second)
                .flatMap(c -> users.stream().map(user -> advance(c, user, c.equals(group) ? 4 : 1)))
                .toList();

        assertThat(cursors().advanceAcks(advances)).isEqualTo(Collections.nCopies(1_000, ADVANCED));
        assertThat(cursors().advanceAcks(advances)).isEqualTo(Collections.nCopies(1_000, UNCHANGED));
        assertThat(memberships().entitled(group, 1))
                .hasSize(501)
                .filteredOn(state -> state.lastAck() == 4)
                .hasSize(500);
    }

    @Test
    void anEmptyListMovesNothing() {
        ack(directWith(2), bob, phone, 2);

        assertThat(cursors().advanceAcks(List.of())).isEmpty();
        assertThat(lastAck(ConversationId.direct(alice, bob), bob)).isEqualTo(2);
    }

    @Test
    void aListThatIsNotSortedOrNamesACursorTwiceIsRefusedAsAWhole() {
        ConversationId direct = directWith(10);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursors().advanceAcks(List.of(advance(direct, bob, 5), advance(direct, alice, 5))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursors().advanceAcks(List.of(advance(direct, bob, 5), advance(direct, bob, 6))));
        assertThat(lastAck(direct, bob)).isZero();
        assertThat(lastAck(direct, alice)).isZero();
    }

    private AckAdvance advance(ConversationId conversation, UserId user, long seq) {
        return new AckAdvance(new CursorKey(conversation, user, phone), seq);
    }

    private long lastAck(ConversationId conversation, UserId user) {
        return subscription(user, phone, conversation).lastAck();
    }
}
