package io.lastack.internal.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * A round cut into slices that come one after the other, so that it makes no burst. A thing always has the same place in
 * a round of so many slices: it is looked at once a round.
 */
final class Slices {
    /** How many things one call to the store asks for at the most. */
    static final int BATCH = 500;

    private static final int MOST = 16;
    private static final int SPREAD = 0x9E3779B9;

    private Slices() {}

    /** How many slices a round over so many things has: a power of two, so that the number seldom changes. */
    static int count(int things) {
        int needed = Math.max(1, Math.min(MOST, (things + BATCH - 1) / BATCH));
        return needed == 1 ? 1 : Integer.highestOneBit(needed - 1) << 1;
    }

    /** The things of one slice, in batches. */
    static <T, K> List<List<T>> batches(Collection<T> things, Function<T, K> key, int slice, int slices) {
        List<List<T>> batches = new ArrayList<>();
        List<T> batch = new ArrayList<>();
        for (T thing : things) {
            if (sliceOf(key.apply(thing), slices) != slice) {
                continue;
            }
            if (batch.size() == BATCH) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(thing);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private static int sliceOf(Object key, int slices) {
        int spread = key.hashCode() * SPREAD;
        return (int) ((Integer.toUnsignedLong(spread) * slices) >>> 32);
    }
}
