package io.lastack.internal.concurrency;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * How much of the interleavings of a part is looked at: a little each time, more with {@code -Dheavy=true}, and as much as
 * wanted with {@code -Dlastack.scenarios=N}.
 */
public final class Interleavings {
    private static final int SCENARIOS =
            Integer.getInteger("lastack.scenarios", Boolean.getBoolean("lastack.heavy") ? 60 : 25);
    private static final List<String> PLAIN = List.of("java.util.", "org.slf4j.", "ch.qos.", "io.lastack.log.");
    private static final String FUNCTIONS = "java.util.function.";

    private Interleavings() {}

    /**
     * Two threads with a few random calls each, many times, switched wherever they meet inside the parts of the engine, not inside
     * the collections and values that these use; the calls come from a fixed seed. No call follows when the threads have
     * ended: it would put right what they left behind.
     */
    public static ModelCheckingOptions some() {
        return new ModelCheckingOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(60)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(0)
                .addGuarantee(forClasses(Interleavings::isPlain).allMethods().treatAsAtomic());
    }

    /** Not the interfaces that lead from one part to another: what is behind them would be one step too. */
    private static boolean isPlain(String type) {
        return PLAIN.stream().anyMatch(type::startsWith) && !type.startsWith(FUNCTIONS);
    }
}
