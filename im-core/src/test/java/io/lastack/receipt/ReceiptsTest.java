package io.lastack.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReceiptsTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final UserId DAN = UserId.of("dan");

    @Test
    void everyRecipientHasEitherReadTheMessageOrNot() {
        Receipts receipts = Receipts.of(
                5,
                ALICE,
                List.of(member(ALICE, 5, 5, 1), member(BOB, 5, 5, 70), member(CAROL, 5, 4, 60), member(DAN, 4, 0, 0)));
        assertThat(receipts)
                .isEqualTo(new Receipts(
                        5,
                        List.of(new ReadMark(BOB, 70)),
                        List.of(CAROL, DAN),
                        List.of(new DeliveredMark(BOB, 70), new DeliveredMark(CAROL, 0))));
        assertThat(receipts.readCount()).isEqualTo(1);
        assertThat(receipts.unreadCount()).isEqualTo(2);
        assertThat(receipts.deliveredCount()).isEqualTo(2);
        assertThat(receipts.recipientCount()).isEqualTo(3);
    }

    @Test
    void onlyThoseEntitledToTheMessageCount() {
        MemberState joinedAfter = new MemberState(BOB, 6, MemberState.STILL_A_MEMBER, 9, 0, 9, 70);
        MemberState leftBefore = new MemberState(CAROL, 1, 4, 4, 0, 4, 70);
        MemberState leftAfter = new MemberState(DAN, 5, 5, 0, 0, 0, 0);
        Receipts receipts = Receipts.of(5, ALICE, List.of(joinedAfter, leftBefore, leftAfter));
        assertThat(receipts).isEqualTo(new Receipts(5, List.of(), List.of(DAN), List.of()));
    }

    @Test
    void aMessageWithNobodyElseToReadItHasEmptyReceipts() {
        Receipts receipts = Receipts.of(1, ALICE, List.of(member(ALICE, 1, 1, 5)));
        assertThat(receipts.recipientCount()).isZero();
        assertThat(receipts.deliveredTo()).isEmpty();
    }

    @Test
    void theSenderMayHaveLeft() {
        assertThat(Receipts.of(1, ALICE, List.of(member(BOB, 0, 0, 0))).unreadBy())
                .containsExactly(BOB);
    }

    @Test
    void aMessageWasReceivedByTheEarlierOfTheTimesAtWhichItWasConfirmedAndRead() {
        List<MemberState> members = List.of(
                new MemberState(BOB, 1, MemberState.STILL_A_MEMBER, 5, 40, 5, 70),
                new MemberState(CAROL, 1, MemberState.STILL_A_MEMBER, 9, 90, 5, 70),
                new MemberState(DAN, 1, MemberState.STILL_A_MEMBER, 4, 30, 5, 70));
        assertThat(Receipts.of(5, ALICE, members).deliveredTo())
                .containsExactly(new DeliveredMark(BOB, 40), new DeliveredMark(CAROL, 70), new DeliveredMark(DAN, 70));
    }

    @Test
    void aMemberGivenTwiceIsRefused() {
        refused(
                () -> Receipts.of(5, ALICE, List.of(member(BOB, 5, 5, 70), member(BOB, 5, 0, 0))),
                "user bob is listed twice; once is allowed");
    }

    @Test
    void listsThatContradictOneAnotherAreRefused() {
        ReadMark bobRead = new ReadMark(BOB, 70);
        refused(
                () -> new Receipts(5, List.of(bobRead), List.of(), List.of()),
                "deliveredTo misses the reader bob; it holds every reader");
        refused(
                () -> new Receipts(5, List.of(), List.of(BOB), List.of(new DeliveredMark(CAROL, 1))),
                "deliveredTo holds carol, who is in neither readBy nor unreadBy");
        refused(
                () -> new Receipts(
                        5, List.of(), List.of(BOB), List.of(new DeliveredMark(BOB, 1), new DeliveredMark(BOB, 2))),
                "user bob is listed twice; once is allowed");
        refused(() -> new Receipts(0, List.of(), List.of(), List.of()), "seq 0 is not allowed; 1 or more is");
        refused(() -> new DeliveredMark(BOB, -1), "at -1 is not allowed; 0 or more is");
        refused(() -> new ReadMark(BOB, -1), "at -1 is not allowed; 0 or more is");
    }

    private static MemberState member(UserId user, long lastAck, long lastRead, long readAt) {
        return new MemberState(user, 1, MemberState.STILL_A_MEMBER, lastAck, 0, lastRead, readAt);
    }

    private static void refused(Runnable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
    }
}
