package io.lastack.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.Interleaving.Pull;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Runs every small history through {@link ReferenceRules} and {@link AckCursor}, and counts those that lose a message. */
final class ReferenceComparisonTest {

    private static final int M2_ONLY = 0b010;
    private static final int M1_AND_M3 = 0b101;

    @Test
    void neitherLosesWhenEveryResultArrivesAndNothingElseHappens() {
        compare("every result arrives", Interleaving.complete(5), 4_282, 0);
    }

    @Test
    void theReferenceLosesWhenTheServerStopsAndAckCursorDoesNot() {
        compare("the server stops after any prefix of the results", Interleaving.stopped(5), 25_180, 6_008);
    }

    @Test
    void theReferenceLosesWhenAPullIsAcknowledgedAmongTheResultsAndAckCursorDoesNot() {
        compare("a pull and its ack anywhere among the results", Interleaving.pulled(4), 24_576, 842);
    }

    @Test
    void theReferenceLosesToAPullThatSeesTheLogInOrderAsWell() {
        List<Interleaving> inOrder = Interleaving.pulled(4).stream()
                .filter(Interleaving::pullSeesWhatWasPushed)
                .toList();
        compare("the same, where the pull sees all that was pushed before it", inOrder, 15_904, 534);
    }

    @Test
    void theSmallestLossToAStopHasTwoMessages() {
        assertThat(lostBy(ReferenceRules::new, Interleaving.stopped(1))).isZero();
        var m2First = new Interleaving(List.of(2, 1), M2_ONLY, 1, Pull.NONE);
        var reference = new ReferenceRules();
        assertThat(m2First.isLostBy(reference)).isTrue();
        assertThat(reference.lastAck()).isEqualTo(2);
        assertThat(m2First.isLostBy(DeliveryRules.ofAckCursor())).isFalse();
    }

    @Test
    void theSmallestLossToAPullHasThreeMessages() {
        assertThat(lostBy(ReferenceRules::new, Interleaving.pulled(2))).isZero();
        var m2FailsUnderThePullOfM1 = new Interleaving(List.of(2, 3, 1), M1_AND_M3, 3, new Pull(0, 1, 1));
        var reference = new ReferenceRules();
        assertThat(m2FailsUnderThePullOfM1.isLostBy(reference)).isTrue();
        assertThat(reference.lastAck()).isEqualTo(3);
        assertThat(m2FailsUnderThePullOfM1.isLostBy(DeliveryRules.ofAckCursor()))
                .isFalse();
    }

    private static void compare(String situation, List<Interleaving> cases, int expectedCases, long expectedLost) {
        long reference = lostBy(ReferenceRules::new, cases);
        long ackCursor = lostBy(DeliveryRules::ofAckCursor, cases);
        System.out.printf(
                "%s: %,d cases; that lose a message: reference %,d, AckCursor %,d%n",
                situation, cases.size(), reference, ackCursor);
        assertThat(cases).hasSize(expectedCases);
        assertThat(reference).isEqualTo(expectedLost);
        assertThat(ackCursor).isZero();
    }

    private static long lostBy(Supplier<DeliveryRules> rules, List<Interleaving> cases) {
        return cases.stream().filter(history -> history.isLostBy(rules.get())).count();
    }
}
