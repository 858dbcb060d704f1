package io.lastack.proto;

import java.util.Random;

/** Seeds of random tests: printed, and repeated with {@code -DargLine=-Dlastack.seed=…}. */
final class Seeds {
    /** {@code -Dheavy=true} asks for larger counts, {@code -Dlastack.rounds=N} for N times the usual ones. */
    private static final int TIMES = Integer.getInteger("lastack.rounds", Boolean.getBoolean("lastack.heavy") ? 15 : 1);

    private Seeds() {}

    static Random random(Class<?> test) {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        System.out.println(test.getSimpleName() + ": repeat with -Dlastack.seed=" + seed);
        return new Random(seed);
    }

    /** How many rounds, where {@code usual} are enough for every build. */
    static int rounds(int usual) {
        return usual * TIMES;
    }
}
