package io.lastack.memory;

import java.util.Arrays;

/** Ascending seqs, and how many of them lie in a range: O(log n). */
final class SeqList {
    private long[] seqs = new long[4];
    private int size;

    /** Adds a seq that is not there; at once if it is above all others, as most are. */
    void add(long seq) {
        if (size == seqs.length) {
            seqs = Arrays.copyOf(seqs, size * 2);
        }
        int index = size == 0 || seqs[size - 1] < seq ? size : through(seq);
        System.arraycopy(seqs, index, seqs, index + 1, size - index);
        seqs[index] = seq;
        size++;
    }

    /** Takes a seq out, if it is there. */
    void remove(long seq) {
        int index = Arrays.binarySearch(seqs, 0, size, seq);
        if (index >= 0) {
            size--;
            System.arraycopy(seqs, index + 1, seqs, index, size - index);
        }
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
