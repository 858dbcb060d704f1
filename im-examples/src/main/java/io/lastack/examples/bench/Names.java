package io.lastack.examples.bench;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Numbers waiting, without boxes. */
final class Names {
    private long[] values = new long[16];
    private int count;

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    /** Takes all, in the order in which they were added. */
    void drain(LongConsumer to) {
        int all = count;
        count = 0;
        for (int i = 0; i < all; i++) {
            to.accept(values[i]);
        }
    }
}
