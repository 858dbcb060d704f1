package io.lastack.cursor;

/**
 * How far a member has read a conversation, and since when. Shared by the member's devices. A value: {@link #read}
 * returns the cursor that follows.
 *
 * <p>The position is a maximum: applying the same reads in any order and any number of times ends at the same
 * {@code lastRead}.
 *
 * @param lastRead everything up to and including this seq is read; 0 for nothing
 * @param readAt when {@code lastRead} was reached, in milliseconds since the epoch; 0 if nothing is read
 */
public record ReadCursor(long lastRead, long readAt) {
    private static final ReadCursor NOTHING = new ReadCursor(0, 0);

    /** @throws IllegalArgumentException if a component is outside its bounds, or nothing is read but at some time */
    public ReadCursor {
        if (lastRead < 0) {
            throw new IllegalArgumentException("lastRead " + lastRead + " is not allowed; 0 or more is");
        }
        if (readAt < 0 || (lastRead == 0 && readAt > 0)) {
            throw new IllegalArgumentException(
                    "readAt " + readAt + " is not allowed; 0 or more is, and only 0 while nothing is read");
        }
    }

    /** The cursor of a member who has read nothing. */
    public static ReadCursor nothingRead() {
        return NOTHING;
    }

    /**
     * The cursor after the member has read everything up to {@code seq}. Reading what was read before changes nothing,
     * not even the time.
     *
     * @param seq 1 to {@code head}
     * @param at when, in milliseconds since the epoch, not negative
     * @param head the highest seq of the conversation
     * @return this cursor if {@code seq} is not above {@code lastRead}
     * @throws IllegalArgumentException if {@code seq} is outside 1 to {@code head}, so was never sent, or {@code at} is
     *     negative
     */
    public ReadCursor read(long seq, long at, long head) {
        if (seq < 1 || seq > head) {
            throw new IllegalArgumentException("seq " + seq + " is not allowed; 1 to the head, " + head + ", is");
        }
        if (at < 0) {
            throw new IllegalArgumentException("at " + at + " is not allowed; 0 or more is");
        }
        return seq > lastRead ? new ReadCursor(seq, at) : this;
    }
}
