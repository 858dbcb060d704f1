package io.lastack.cursor;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Comparator;
import java.util.Objects;

/**
 * "This user has read every message with a seq up to and including {@code seq}." Applying it is a maximum: it may come
 * late, twice, or after a higher one without harm.
 *
 * <p>Ordered by conversation and user, then by seq, then by time: of the advances of one reader, the last in order is
 * the one to write.
 *
 * @param seq at least 1
 * @param at when, in milliseconds since the epoch; at least 0
 */
public record ReadAdvance(ConversationId conversation, UserId user, long seq, long at)
        implements Comparable<ReadAdvance> {
    private static final Comparator<ReadAdvance> ORDER = Comparator.comparing(ReadAdvance::conversation)
            .thenComparing(ReadAdvance::user)
            .thenComparingLong(ReadAdvance::seq)
            .thenComparingLong(ReadAdvance::at);

    /** @throws IllegalArgumentException if {@code seq} is below 1 or {@code at} below 0 */
    public ReadAdvance {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(user, "user");
        if (seq < 1) {
            throw new IllegalArgumentException("seq " + seq + " is not allowed; 1 or more is");
        }
        if (at < 0) {
            throw new IllegalArgumentException("at " + at + " is not allowed; 0 or more is");
        }
    }

    @Override
    public int compareTo(ReadAdvance other) {
        return ORDER.compare(this, other);
    }
}
