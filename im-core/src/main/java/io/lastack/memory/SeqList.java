package io.lastack.memory;

import java.util.Arrays;

/** Ascending seqs that only grow in number, and how many of them lie in a range: O(log n). */
final class SeqList {
    private long[] seqs = new long[4];
    private int size;

    /** @param seq above all that were added before */
    void add(long seq) {
        if (size == seqs.length) {
            seqs = Arrays.copyOf(seqs, size * 2);
        }
        seqs[size++] = seq;
    }

    /** How many are above {@code low} and at most {@code high}. */
    long count(long low, long high) {
        return Math.max(0L, (long) through(high) - through(low));
    }

    private int through(long seq) {
        int index = Arrays.binarySearch(seqs, 0, size, seq);
        return index >= 0 ? index + 1 : -index - 1;
    }
}
