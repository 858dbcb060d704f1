package io.lastack.cursor;

import java.util.Comparator;
import java.util.Objects;

/**
 * "This device has confirmed every message with a seq up to and including {@code seq}." Applying it is a maximum: it
 * may come late, twice, or after a higher one without harm.
 *
 * <p>Ordered by key, then by seq, then by time: of the advances of one key, the last in order is the one to write.
 *
 * @param seq at least 0
 * @param at when, in milliseconds since the epoch, at least 0; 0 if it is not known
 */
public record AckAdvance(CursorKey key, long seq, long at) implements Comparable<AckAdvance> {
    private static final Comparator<AckAdvance> ORDER = Comparator.comparing(AckAdvance::key)
            .thenComparingLong(AckAdvance::seq)
            .thenComparingLong(AckAdvance::at);

    /** @throws IllegalArgumentException if {@code seq} or {@code at} is below 0 */
    public AckAdvance {
        Objects.requireNonNull(key, "key");
        if (seq < 0) {
            throw new IllegalArgumentException("seq " + seq + " is not allowed; 0 or more is");
        }
        if (at < 0) {
            throw new IllegalArgumentException("at " + at + " is not allowed; 0 or more is");
        }
    }

    /** At a time that is not known. */
    public AckAdvance(CursorKey key, long seq) {
        this(key, seq, 0);
    }

    @Override
    public int compareTo(AckAdvance other) {
        return ORDER.compare(this, other);
    }
}
