package io.lastack.testkit.store;

import java.util.SplittableRandom;

/**
 * How much a test does: more with {@code -Dlastack.heavy=true}, N times as much with {@code -Dlastack.times=N}, and from
 * another seed with {@code -Dlastack.seed=N}.
 */
final class Scale {
    private static final int HEAVY = 5;

    private Scale() {}

    static int times(int count) {
        return count * Integer.getInteger("lastack.times", Boolean.getBoolean("lastack.heavy") ? HEAVY : 1);
    }

    /** The seed of one random run, printed with what it is for, so that the run can be repeated. */
    static long seed(String what) {
        Long given = Long.getLong("lastack.seed");
        long seed = given == null ? new SplittableRandom().nextLong() : given;
        System.out.println(what + ": repeat with -Dlastack.seed=" + seed);
        return seed;
    }
}
