package io.lastack.internal.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * A round cut into slices that come one after the other, so that it makes no burst. A thing always has the same place in
 * the round, however many slices there are: it is looked at once an interval.
 */
final class Slices {
    /** How many things one call to the store asks for at the most. */
    static final int BATCH = 500;

    private static final int MOST = 16;
    private static final int SPREAD = 0x9E3779B9;

    private Slices() {}

    /** How many slices a round over so many things has. */
    static int count(int things) {
        return Math.max(1, Math.min(MOST, (things + BATCH - 1) / BATCH));
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
