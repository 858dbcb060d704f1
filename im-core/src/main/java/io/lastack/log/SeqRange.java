package io.lastack.log;

/**
 * The seqs from {@code first} to {@code last}, both included.
 *
 * @param first at least 1
 * @param last at least {@code first}
 */
public record SeqRange(long first, long last) {
    public SeqRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "seq range " + first + ".." + last + " is not allowed; 1 <= first <= last is");
        }
    }

    /** How many seqs the range holds. */
    public long size() {
        return last - first + 1;
    }

    public boolean contains(long seq) {
        return first <= seq && seq <= last;
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}
