package io.lastack.testkit.sim.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What one counter per user loses where pushes are concurrent, and what is left of that with an ack cursor: nothing. */
class ReferenceRulesTest {
    private static final int SEEDS = 10_000;

    @Test
    void theReferenceLosesWhenTheServerStops() {
        compare("the server stops", new OneUser.Faults(true, true, false));
    }

    @Test
    void theReferenceLosesWhenTheClientPulls() {
        compare("the client pulls", new OneUser.Faults(true, false, true));
    }

    @Test
    void theReferenceLosesWhenNumbersAreGivenBeforeTheCommit() {
        compare("nothing is pushed, and the client pulls", new OneUser.Faults(false, false, true));
    }

    @Test
    void theReferenceLosesWhenAllOfThatHappens() {
        compare("all of it", new OneUser.Faults(true, true, true));
    }

    private static void compare(String situation, OneUser.Faults faults) {
        assertThat(loses(situation + ", one counter per user", Rules::reference, faults))
                .isPositive();
        assertThat(loses(situation + ", ack cursor", Rules::lastAckRules, faults))
                .isZero();
    }

    private static long loses(String what, Supplier<Rules> rules, OneUser.Faults faults) {
        long[] lost = LongStream.range(0, SEEDS)
                .map(seed -> new OneUser(seed, rules.get(), faults).lost())
                .toArray();
        long messages = LongStream.of(lost).sum();
        long histories = LongStream.of(lost).filter(n -> n > 0).count();
        System.out.printf(
                "%s: %,d histories of %d messages; that lose: %,d; messages lost: %,d of %,d%n",
                what, SEEDS, OneUser.MESSAGES, histories, messages, (long) SEEDS * OneUser.MESSAGES);
        return messages;
    }
}
