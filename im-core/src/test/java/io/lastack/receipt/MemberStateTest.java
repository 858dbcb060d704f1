package io.lastack.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import org.junit.jupiter.api.Test;

final class MemberStateTest {
    private static final UserId ALICE = UserId.of("alice");

    @Test
    void aMemberSeesTheLogFromJoiningToLeaving() {
        MemberState left = new MemberState(ALICE, 3, 6, 0, 0, 0, 0);
        assertThat(left.entitledTo(2)).isFalse();
        assertThat(left.entitledTo(3)).isTrue();
        assertThat(left.entitledTo(6)).isTrue();
        assertThat(left.entitledTo(7)).isFalse();
    }

    @Test
    void nobodyHasReadOrReceivedWhatTheyMayNotSee() {
        MemberState left = new MemberState(ALICE, 3, 6, 9, 0, 9, 50);
        assertThat(left.hasRead(7)).isFalse();
        assertThat(left.hasReceived(2)).isFalse();
        assertThat(left.hasRead(6)).isTrue();
        assertThat(left.hasReceived(3)).isTrue();
    }

    @Test
    void whoHasReadAMessageHasReceivedIt() {
        MemberState reader = member(1, 2, 5);
        assertThat(reader.hasReceived(5)).isTrue();
        assertThat(reader.hasReceived(6)).isFalse();
    }

    @Test
    void whoHasReceivedAMessageNeedNotHaveReadIt() {
        MemberState member = member(1, 5, 2);
        assertThat(member.hasReceived(5)).isTrue();
        assertThat(member.hasRead(3)).isFalse();
        assertThat(member.hasRead(2)).isTrue();
    }

    @Test
    void unreadIsWhatLiesBetweenTheLastReadAndTheHead() {
        assertThat(member(1, 9, 4).unreadRange(9)).contains(new SeqRange(5, 9));
        assertThat(member(1, 9, 4).unreadCount(9, 0)).isEqualTo(5);
        assertThat(member(1, 9, 9).unreadRange(9)).isEmpty();
        assertThat(member(1, 9, 9).unreadCount(9, 0)).isZero();
        assertThat(member(1, 0, 0).unreadCount(0, 0)).isZero();
    }

    @Test
    void onesOwnMessagesAreNotUnread() {
        assertThat(member(1, 9, 4).unreadCount(9, 2)).isEqualTo(3);
        assertThat(member(1, 9, 4).unreadCount(9, 5)).isZero();
    }

    @Test
    void unreadStartsWhereTheMemberJoinedAndEndsWhereTheMemberLeft() {
        assertThat(member(7, 0, 0).unreadRange(9)).contains(new SeqRange(7, 9));
        assertThat(member(7, 0, 0).unreadRange(7)).contains(new SeqRange(7, 7));
        assertThat(member(7, 0, 0).unreadRange(6)).isEmpty();
        assertThat(new MemberState(ALICE, 3, 6, 0, 0, 4, 50).unreadRange(9)).contains(new SeqRange(5, 6));
        assertThat(new MemberState(ALICE, 3, 6, 0, 0, 6, 50).unreadRange(9)).isEmpty();
        assertThat(new MemberState(ALICE, 3, 2, 0, 0, 0, 0).unreadRange(9)).isEmpty();
    }

    @Test
    void impossibleStatesAreRefused() {
        refused(() -> member(0, 0, 0), "firstSeq 0 is not allowed; 1 or more is");
        refused(() -> new MemberState(ALICE, 3, 1, 0, 0, 0, 0), "lastSeq 1 is not allowed; 2 or more is");
        refused(() -> member(1, -1, 0), "lastAck -1 is not allowed; 0 or more is");
        refused(() -> member(1, 0, -1), "lastRead -1 is not allowed; 0 or more is");
        refused(
                () -> new MemberState(ALICE, 1, MemberState.STILL_A_MEMBER, 0, 0, 1, -1),
                "readAt -1 is not allowed; 0 or more is");
        refused(() -> member(1, 0, 0).unreadRange(-1), "head -1 is not allowed; 0 or more is");
        refused(
                () -> member(1, 0, 0).unreadCount(2, 3),
                "own 3 is not allowed; 0 to the number of unread messages, 2, is");
        refused(
                () -> member(1, 0, 0).unreadCount(2, -1),
                "own -1 is not allowed; 0 to the number of unread messages, 2, is");
    }

    private static MemberState member(long firstSeq, long lastAck, long lastRead) {
        return new MemberState(ALICE, firstSeq, MemberState.STILL_A_MEMBER, lastAck, 0, lastRead, 0);
    }

    private static void refused(Runnable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
    }
}
