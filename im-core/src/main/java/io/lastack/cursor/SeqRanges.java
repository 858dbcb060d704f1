package io.lastack.cursor;

import io.lastack.log.SeqRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;

/**
 * A set of seqs, kept as at most {@code maxRanges} ranges. When one more is needed the highest range is forgotten, so
 * whatever the set answers about its lowest members stays true.
 *
 * <p>Invariant: the ranges are sorted, disjoint and not adjacent. A look-up is O(log r) and a change O(r) for r ranges
 * kept (it moves at most 2r longs in one array copy). Not thread-safe.
 */
final class SeqRanges {
    private static final int INITIAL_RANGES = 2;

    private final int maxRanges;

    /** Range i is {@code bounds[2i]} to {@code bounds[2i + 1]}, both included. */
    private long[] bounds;

    private int size;

    SeqRanges(int maxRanges) {
        this.maxRanges = maxRanges;
        this.bounds = new long[2 * Math.min(INITIAL_RANGES, maxRanges)];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The lowest seq of the set, which must not be empty. */
    long lowest() {
        return bounds[0];
    }

    boolean contains(long seq) {
        int i = firstEndingAtOrAfter(seq);
        return i < size && first(i) <= seq;
    }

    /** The lowest seq that is {@code >= seq} and not in the set. */
    long nextAbsent(long seq) {
        int i = firstEndingAtOrAfter(seq);
        return i < size && first(i) <= seq ? last(i) + 1 : seq;
    }

    /** Adds one seq. It may be forgotten at once, if the set is full and the seq is the highest. */
    void add(long seq) {
        int i = firstEndingAtOrAfter(seq - 1);
        if (i == size || seq < first(i) - 1) {
            insert(i, seq, seq);
        } else if (seq == first(i) - 1) {
            bounds[2 * i] = seq;
        } else if (seq == last(i) + 1) {
            extendUpwards(i, seq);
        }
    }

    /** Removes one seq. Where that splits a range of a full set, the highest range is forgotten. */
    void remove(long seq) {
        int i = firstEndingAtOrAfter(seq);
        if (i == size || seq < first(i)) {
            return;
        }
        long end = last(i);
        if (first(i) == seq && end == seq) {
            delete(i, 1);
        } else if (first(i) == seq) {
            bounds[2 * i] = seq + 1;
        } else {
            bounds[2 * i + 1] = seq - 1;
            if (seq < end) {
                insert(i + 1, seq + 1, end);
            }
        }
    }

    /** Removes every seq {@code <= seq}. */
    void removeThrough(long seq) {
        int i = firstEndingAtOrAfter(seq + 1);
        delete(0, i);
        if (size > 0 && first(0) <= seq) {
            bounds[0] = seq + 1;
        }
    }

    /**
     * Removes every seq {@code <= floor}, and the range that follows on from {@code floor} if there is one.
     *
     * @return the end of that range, or {@code floor}
     */
    long absorb(long floor) {
        removeThrough(floor);
        if (size == 0 || first(0) > floor + 1) {
            return floor;
        }
        long end = last(0);
        delete(0, 1);
        return end;
    }

    /** The ranges from {@code from}, which must be below the whole set, to {@code upTo} that are not in the set. */
    List<SeqRange> gaps(long from, long upTo) {
        List<SeqRange> gaps = new ArrayList<>();
        long next = from;
        for (int i = 0; i < size && first(i) <= upTo; i++) {
            gaps.add(new SeqRange(next, first(i) - 1));
            next = last(i) + 1;
        }
        if (next <= upTo) {
            gaps.add(new SeqRange(next, upTo));
        }
        return Collections.unmodifiableList(gaps);
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < size; i++) {
            text.add(first(i) + ".." + last(i));
        }
        return text.toString();
    }

    private long first(int i) {
        return bounds[2 * i];
    }

    private long last(int i) {
        return bounds[2 * i + 1];
    }

    /** The index of the lowest range that ends at {@code seq} or after it; {@code size} if there is none. */
    private int firstEndingAtOrAfter(long seq) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (last(middle) < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void extendUpwards(int i, long seq) {
        boolean closesTheGap = i + 1 < size && first(i + 1) == seq + 1;
        bounds[2 * i + 1] = closesTheGap ? last(i + 1) : seq;
        if (closesTheGap) {
            delete(i + 1, 1);
        }
    }

    private void insert(int i, long first, long last) {
        if (i == maxRanges) {
            return;
        }
        if (size == maxRanges) {
            size--;
        } else if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * (int) Math.min(2L * size, maxRanges));
        }
        System.arraycopy(bounds, 2 * i, bounds, 2 * i + 2, 2 * (size - i));
        bounds[2 * i] = first;
        bounds[2 * i + 1] = last;
        size++;
    }

    private void delete(int i, int count) {
        System.arraycopy(bounds, 2 * (i + count), bounds, 2 * i, 2 * (size - i - count));
        size -= count;
    }
}
