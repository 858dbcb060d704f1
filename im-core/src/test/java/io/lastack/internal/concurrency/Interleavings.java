package io.lastack.internal.concurrency;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** How much of the interleavings of a part is looked at: a little each time, more with {@code -Dlastack.heavy=true}. */
public final class Interleavings {
    private static final boolean HEAVY = Boolean.getBoolean("lastack.heavy");

    private Interleavings() {}

    /** Two threads with a few random calls each, switched wherever they meet; the calls come from a fixed seed. */
    public static ModelCheckingOptions some() {
        return new ModelCheckingOptions()
                .iterations(HEAVY ? 4 : 2)
                .invocationsPerIteration(HEAVY ? 1_000 : 300)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1);
    }
}
