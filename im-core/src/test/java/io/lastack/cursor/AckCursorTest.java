package io.lastack.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.SeqRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AckCursorTest {
    private final AckCursor cursor = AckCursor.startingAt(0);

    @Test
    void aFreshCursorOwesEverythingAboveItsFloor() {
        AckCursor stored = AckCursor.startingAt(7);
        assertThat(stored.lastAck()).isEqualTo(7);
        assertThat(stored.lastAckErr()).isEmpty();
        assertThat(stored.missing(9)).containsExactly(new SeqRange(8, 9));
        assertThat(stored.missing(7)).isEmpty();
        assertThat(stored.missing(1)).isEmpty();
        assertThat(stored.nextMissing(1)).isEqualTo(8);
    }

    @Test
    void anEmptyLogOwesNothing() {
        assertThat(cursor.missing(0)).isEmpty();
    }

    @Test
    void acksSayWhetherTheFloorMoved() {
        assertThat(cursor.acked(2)).isFalse();
        assertThat(cursor.acked(1)).isTrue();
        assertThat(cursor.acked(1)).isFalse();
        assertThat(cursor.ackedThrough(2)).isFalse();
        assertThat(cursor.ackedThrough(5)).isTrue();
        assertThat(cursor.lastAck()).isEqualTo(5);
    }

    @Test
    void closingTheGapMovesTheFloorOverAllThatWasRemembered() {
        cursor.acked(3);
        cursor.acked(2);
        cursor.acked(5);
        cursor.acked(1);
        assertThat(cursor.lastAck()).isEqualTo(3);
        cursor.acked(4);
        assertThat(cursor.lastAck()).isEqualTo(5);
        assertThat(cursor).hasToString("AckCursor[lastAck=5, acked=[], failed=[]]");
    }

    @Test
    void aCumulativeAckClearsTheFailuresThatItCovers() {
        cursor.failed(2);
        cursor.failed(9);
        cursor.ackedThrough(4);
        assertThat(cursor.lastAckErr()).hasValue(9);
        cursor.ackedThrough(9);
        assertThat(cursor.lastAckErr()).isEmpty();
    }

    @Test
    void aCumulativeAckJoinsTheRangeThatFollowsOnFromIt() {
        cursor.acked(6);
        cursor.acked(5);
        cursor.ackedThrough(4);
        assertThat(cursor.lastAck()).isEqualTo(6);
    }

    @Test
    void aLaterAckOfAFailedSeqClearsTheFailureAboveAGapToo() {
        cursor.failed(3);
        cursor.failed(4);
        cursor.acked(3);
        assertThat(cursor.lastAckErr()).hasValue(4);
        cursor.acked(4);
        assertThat(cursor.lastAckErr()).isEmpty();
        assertThat(cursor.lastAck()).isZero();
    }

    @Test
    void anAckInsideARunOfFailuresLeavesTheOthers() {
        failAll(3, 4, 5, 6);
        cursor.acked(4);
        cursor.acked(3);
        assertThat(cursor.lastAckErr()).hasValue(5);
        assertThat(cursor).hasToString("AckCursor[lastAck=0, acked=[3..4], failed=[5..6]]");
        cursor.ackedThrough(5);
        assertThat(cursor.lastAckErr()).hasValue(6);
    }

    @Test
    void aFailureReportedAfterASuccessDoesNotUndoIt() {
        cursor.acked(1);
        cursor.acked(3);
        assertThat(cursor.failed(1)).isFalse();
        assertThat(cursor.failed(3)).isFalse();
        assertThat(cursor.failed(2)).isTrue();
        assertThat(cursor.lastAckErr()).hasValue(2);
        assertThat(cursor.missing(3)).containsExactly(new SeqRange(2, 2));
    }

    @Test
    void beyondItsBoundTheCursorForgetsTheHighestSuccesses() {
        AckCursor bounded = AckCursor.startingAt(0, 2);
        bounded.acked(7);
        bounded.acked(5);
        bounded.acked(3);
        assertThat(bounded.missing(7)).containsExactly(new SeqRange(1, 2), new SeqRange(4, 4), new SeqRange(6, 7));
        bounded.acked(9);
        assertThat(bounded.isAcked(9)).isFalse();
        assertThat(bounded.isAcked(5)).isTrue();
    }

    @Test
    void aForgottenFailureDoesNotLetTheFloorJump() {
        AckCursor bounded = AckCursor.startingAt(0, 1);
        bounded.failed(4);
        bounded.failed(2);
        assertThat(bounded.lastAckErr()).hasValue(2);
        bounded.acked(2);
        assertThat(bounded.lastAckErr()).isEmpty();
        bounded.acked(1);
        bounded.acked(3);
        bounded.acked(5);
        assertThat(bounded.lastAck()).isEqualTo(3);
        assertThat(bounded.missing(5)).containsExactly(new SeqRange(4, 4));
    }

    @Test
    void theDefaultBoundIsSixtyFourRanges() {
        for (long seq = 2; seq <= 2 * 65; seq += 2) {
            cursor.acked(seq);
        }
        assertThat(cursor.isAcked(2 * 64)).isTrue();
        assertThat(cursor.isAcked(2 * 65)).isFalse();
    }

    @Test
    void theHighestSeqsNeedNoSpecialCare() {
        AckCursor high = AckCursor.startingAt(AckCursor.MAX_SEQ - 2);
        high.failed(AckCursor.MAX_SEQ - 1);
        high.acked(AckCursor.MAX_SEQ);
        assertThat(high.missing(AckCursor.MAX_SEQ))
                .containsExactly(new SeqRange(AckCursor.MAX_SEQ - 1, AckCursor.MAX_SEQ - 1));
        high.acked(AckCursor.MAX_SEQ - 1);
        assertThat(high.lastAck()).isEqualTo(AckCursor.MAX_SEQ);
        assertThat(high.nextMissing(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(high.lastAckErr()).isEmpty();
    }

    @Test
    void missingRangesCannotBeChanged() {
        cursor.acked(2);
        assertThat(cursor.missing(4)).isUnmodifiable();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void seqsThatNoMessageHasAreRefused(long seq) {
        refused(() -> cursor.acked(seq), "seq " + seq + " is not allowed; 1 to 9223372036854775806 is");
        refused(() -> cursor.ackedThrough(seq), "seq " + seq + " is not allowed; 1 to 9223372036854775806 is");
        refused(() -> cursor.failed(seq), "seq " + seq + " is not allowed; 1 to 9223372036854775806 is");
        refused(() -> cursor.isAcked(seq), "seq " + seq + " is not allowed; 1 to 9223372036854775806 is");
        assertThat(cursor).hasToString("AckCursor[lastAck=0, acked=[], failed=[]]");
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        assertThat(AckCursor.startingAt(AckCursor.MAX_SEQ, AckCursor.LARGEST_MAX_RANGES)
                        .lastAck())
                .isEqualTo(AckCursor.MAX_SEQ);
        assertThat(AckCursor.startingAt(0, 1).lastAck()).isZero();
        assertThat(cursor.nextMissing(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void otherArgumentsOutsideTheirBoundsAreRefused() {
        refused(() -> AckCursor.startingAt(-1), "floor -1 is not allowed; 0 to 9223372036854775806 is");
        refused(() -> AckCursor.startingAt(Long.MAX_VALUE), "floor 9223372036854775807 is not allowed");
        refused(() -> AckCursor.startingAt(0, 0), "maxRanges 0 is not allowed; 1 to 65536 is");
        refused(() -> AckCursor.startingAt(0, 65_537), "maxRanges 65537 is not allowed");
        refused(() -> cursor.missing(-1), "upTo -1 is not allowed; 0 to 9223372036854775806 is");
        refused(() -> cursor.missing(Long.MAX_VALUE), "upTo 9223372036854775807 is not allowed");
        refused(() -> cursor.nextMissing(0), "from 0 is not allowed; 1 or more is");
    }

    private void failAll(long... seqs) {
        for (long seq : seqs) {
            cursor.failed(seq);
        }
    }

    private static void refused(Runnable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessageStartingWith(message);
    }
}
