package io.lastack.cursor;

import java.util.Comparator;
import java.util.Objects;

/**
 * "This device has confirmed every message with a seq up to and including {@code seq}." Applying it is a maximum: it
 * may come late, twice, or after a higher one without harm.
 *
 * <p>Ordered by key, then by seq: of the advances of one key, the last in order is the one to write.
 *
 * @param seq at least 0
 */
public record AckAdvance(CursorKey key, long seq) implements Comparable<AckAdvance> {
    private static final Comparator<AckAdvance> ORDER =
            Comparator.comparing(AckAdvance::key).thenComparingLong(AckAdvance::seq);

    /** @throws IllegalArgumentException if {@code seq} is below 0 */
    public AckAdvance {
        Objects.requireNonNull(key, "key");
        if (seq < 0) {
            throw new IllegalArgumentException("seq " + seq + " is not allowed; 0 or more is");
        }
    }

    @Override
    public int compareTo(AckAdvance other) {
        return ORDER.compare(this, other);
    }
}
