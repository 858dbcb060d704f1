package io.lastack.testkit.store;

import java.util.SplittableRandom;

/** How much a test does: more with {@code -Dlastack.heavy=true}, and from another seed with {@code -Dlastack.seed=N}. */
final class Scale {
    private static final int HEAVY = 5;

    private Scale() {}

    static int times(int count) {
        return Boolean.getBoolean("lastack.heavy") ? count * HEAVY : count;
    }

    /** The seed of one random run, printed with what it is for, so that the run can be repeated. */
    static long seed(String what) {
        Long given = Long.getLong("lastack.seed");
        long seed = given == null ? new SplittableRandom().nextLong() : given;
        System.out.println(what + ": repeat with -Dlastack.seed=" + seed);
        return seed;
    }
}
