package io.lastack.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.SeqRange;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked examples: messages m1, m2 … after m0, the stored {@code lastAck}. */
final class WorkedExamplesTest {

    private static final long M0 = 10;

    private final AckCursor cursor = AckCursor.startingAt(M0);

    static Stream<List<Integer>> ordersOfThree() {
        return Orders.of(3).stream();
    }

    static Stream<List<Integer>> ordersOfFour() {
        return Orders.of(4).stream();
    }

    @ParameterizedTest
    @MethodSource("ordersOfFour")
    void allFourSucceedInAnyOrder(List<Integer> order) {
        results(order, Set.of(1, 2, 3, 4));
        assertCursor(4, 0);
        assertThat(cursor.missing(M0 + 4)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ordersOfFour")
    void allFourFailInAnyOrder(List<Integer> order) {
        results(order, Set.of());
        assertCursor(0, 1);
        assertThat(cursor.missing(M0 + 4)).containsExactly(new SeqRange(M0 + 1, M0 + 4));
    }

    @ParameterizedTest
    @MethodSource("ordersOfFour")
    void theSecondAndTheFourthFailInAnyOrder(List<Integer> order) {
        results(order, Set.of(1, 3));
        assertCursor(1, 2);
        assertThat(cursor.missing(M0 + 4)).containsExactly(new SeqRange(M0 + 2, M0 + 2), new SeqRange(M0 + 4, M0 + 4));
    }

    @Test
    void aLaterAndLowerFailureIsTheOneNamed() {
        results(List.of(1, 3, 4, 2), Set.of(1, 3));
        assertCursor(1, 2);
    }

    @Test
    void whatWasInFlightWhenTheServerStopsIsSentAgain() {
        results(List.of(2), Set.of(2));
        assertCursor(0, 0);
        AckCursor restarted = AckCursor.startingAt(cursor.lastAck());
        assertThat(restarted.missing(M0 + 2)).containsExactly(new SeqRange(M0 + 1, M0 + 2));
    }

    @ParameterizedTest
    @MethodSource("ordersOfThree")
    void anAcknowledgedPullOfTheFirstDoesNotHideTheFailureOfTheSecondInAnyOrder(List<Integer> order) {
        for (int event : order) {
            switch (event) {
                case 1 -> cursor.ackedThrough(M0 + 1);
                case 2 -> cursor.failed(M0 + 2);
                default -> cursor.acked(M0 + 3);
            }
        }
        assertCursor(1, 2);
        assertThat(cursor.missing(M0 + 3)).containsExactly(new SeqRange(M0 + 2, M0 + 2));
    }

    private void results(List<Integer> order, Set<Integer> successes) {
        for (int message : order) {
            if (successes.contains(message)) {
                cursor.acked(M0 + message);
            } else {
                cursor.failed(M0 + message);
            }
        }
    }

    /** Message numbers are counted from m0; 0 for {@code lastAckErr} means none. */
    private void assertCursor(long lastAck, long lastAckErr) {
        assertThat(cursor.lastAck()).isEqualTo(M0 + lastAck);
        assertThat(cursor.lastAckErr())
                .isEqualTo(lastAckErr == 0 ? OptionalLong.empty() : OptionalLong.of(M0 + lastAckErr));
    }
}
