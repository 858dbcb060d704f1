package io.lastack.receipt;

import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import java.util.Objects;
import java.util.Optional;

/**
 * What receipts need to know of one member of a conversation: the part of the log that the member may see, and how far
 * the member is.
 *
 * @param user the member
 * @param firstSeq the first seq that the member may see: {@code joinedSeq}, or 1 where a group shows its whole history
 * @param lastSeq the last seq that the member may see: {@code leftSeq}, or {@link #STILL_A_MEMBER}. It is
 *     {@code firstSeq - 1} for somebody who left before any message came
 * @param lastAck the highest {@code lastAck} of the member's devices, 0 for none
 * @param ackedAt by when one of the devices had confirmed the message that was asked for, in milliseconds since the epoch;
 *     0 if none has, or it is not known
 * @param lastRead everything up to and including this seq is read, 0 for nothing
 * @param readAt when {@code lastRead} was reached, in milliseconds since the epoch; 0 if nothing is read
 */
public record MemberState(
        UserId user, long firstSeq, long lastSeq, long lastAck, long ackedAt, long lastRead, long readAt) {
    /** The {@code lastSeq} of somebody who has not left. */
    public static final long STILL_A_MEMBER = Long.MAX_VALUE;

    /** @throws IllegalArgumentException if a component is outside its bounds */
    public MemberState {
        Objects.requireNonNull(user, "user");
        requireAtLeast("firstSeq", firstSeq, 1);
        requireAtLeast("lastSeq", lastSeq, firstSeq - 1);
        requireAtLeast("lastAck", lastAck, 0);
        requireAtLeast("ackedAt", ackedAt, 0);
        requireAtLeast("lastRead", lastRead, 0);
        requireAtLeast("readAt", readAt, 0);
    }

    /** Whether the member may see this message. */
    public boolean entitledTo(long seq) {
        return firstSeq <= seq && seq <= lastSeq;
    }

    /** Whether the member may see this message and has read it. */
    public boolean hasRead(long seq) {
        return entitledTo(seq) && seq <= lastRead;
    }

    /**
     * Whether the member may see this message and a device has it. Reading implies that, even where the device's
     * acknowledgement is not known (yet).
     */
    public boolean hasReceived(long seq) {
        return entitledTo(seq) && seq <= Math.max(lastAck, lastRead);
    }

    /**
     * By when a device had this message, which {@link #ackedAt} is about, in milliseconds since the epoch: the earlier of the
     * times at which it is known to have been confirmed and read.
     *
     * @return 0 if no device has it, or it is not known when it came
     */
    public long receivedAt(long seq) {
        long confirmed = entitledTo(seq) && seq <= lastAck ? ackedAt : 0;
        long read = hasRead(seq) ? readAt : 0;
        return confirmed == 0 || read == 0 ? Math.max(confirmed, read) : Math.min(confirmed, read);
    }

    /**
     * The part of the log that the member may see and has not read.
     *
     * @param head the highest seq of the conversation, 0 if it is empty
     * @return empty if there is nothing to read
     * @throws IllegalArgumentException if {@code head} is negative
     */
    public Optional<SeqRange> unreadRange(long head) {
        requireAtLeast("head", head, 0);
        long end = Math.min(head, lastSeq);
        return lastRead >= end || firstSeq > end
                ? Optional.empty()
                : Optional.of(new SeqRange(Math.max(firstSeq, lastRead + 1), end));
    }

    /**
     * How many messages the member may see, did not send, and has not read.
     *
     * @param head the highest seq of the conversation, 0 if it is empty
     * @param own how many messages of {@link #unreadRange} the member sent; those count as read
     * @return 0 and more
     * @throws IllegalArgumentException if {@code head} is negative, or {@code own} is negative or more than the range
     *     holds
     */
    public long unreadCount(long head, long own) {
        long unread = unreadRange(head).map(SeqRange::size).orElse(0L);
        if (own < 0 || own > unread) {
            throw new IllegalArgumentException(
                    "own " + own + " is not allowed; 0 to the number of unread messages, " + unread + ", is");
        }
        return unread - own;
    }

    private static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + " is not allowed; " + least + " or more is");
        }
    }
}
