package io.lastack.proto;

import java.util.Random;

/** Seeds of random tests: printed, and repeated with {@code -DargLine=-Dlastack.seed=…}. */
final class Seeds {
    /** {@code -Dheavy=true} asks for larger counts. */
    private static final int HEAVY = Boolean.getBoolean("lastack.heavy") ? 50 : 1;

    private Seeds() {}

    static Random random(Class<?> test) {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        System.out.println(test.getSimpleName() + ": repeat with -Dlastack.seed=" + seed);
        return new Random(seed);
    }

    /** How many rounds, where {@code usual} are enough for every build. */
    static int rounds(int usual) {
        return usual * HEAVY;
    }
}
