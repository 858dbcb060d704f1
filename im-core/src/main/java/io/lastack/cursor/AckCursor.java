package io.lastack.cursor;

import io.lastack.log.SeqRange;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one device has acknowledged of one conversation: a floor below which nothing is missing, and what is known
 * above it.
 *
 * <p>Messages may be pushed concurrently, so results come in any order. The floor, {@link #lastAck()}, moves only
 * across seqs that were all acknowledged; a success above a gap is remembered, not jumped to. So sending everything
 * after {@code lastAck} again, at any moment and after any crash, may repeat a message but never misses one.
 *
 * <pre>{@code
 * var cursor = AckCursor.startingAt(0);
 * cursor.acked(2);
 * cursor.failed(1);
 * cursor.lastAck();    // 0: nothing contiguous yet
 * cursor.lastAckErr(); // 1: the lowest that failed
 * cursor.missing(2);   // [1..1]
 * }</pre>
 *
 * <p><b>Source.</b> A cumulative floor with selective acknowledgements above it, as TCP has had since RFC 2018, over
 * messages in place of bytes. As there, what lies above the floor is advice about what need not be sent again, and may
 * be forgotten.
 *
 * <p><b>Bound.</b> At most {@code maxRanges} ranges of acknowledged seqs are remembered above the floor, and as many
 * of failed ones. When one more is needed the <em>highest</em> range is forgotten. A forgotten success costs one more
 * push of those messages, a forgotten failure only its mention in {@link #lastAckErr()}: both stay in
 * {@link #missing(long)}, and neither lets the floor move.
 *
 * <p><b>Cost.</b> With r ranges remembered, in-order acknowledgements are O(1), look-ups O(log r), and other changes
 * O(r), in one array copy. With nothing above the floor a cursor holds no array (32 bytes on a 64-bit JVM with
 * compressed references).
 *
 * <p>The cursor does not know which seqs exist. Whoever owns it refuses acknowledgements above what was sent.
 *
 * <p>Not thread-safe: one thread at a time, with a happens-before edge between two.
 */
public final class AckCursor {
    /** How many ranges are remembered above the floor if not stated: 64. */
    public static final int DEFAULT_MAX_RANGES = 64;

    /** The largest bound that may be stated: 65,536. */
    public static final int LARGEST_MAX_RANGES = 65_536;

    /** The highest seq that a cursor accepts. The value above it stands for "no end" elsewhere. */
    public static final long MAX_SEQ = Long.MAX_VALUE - 1;

    private final int maxRanges;
    private long lastAck;

    /** Seqs above {@code lastAck + 1}; null, never empty, when there are none. */
    private @Nullable SeqRanges acked;

    /** Seqs above {@code lastAck} that are not in {@code acked}; null, never empty, when there are none. */
    private @Nullable SeqRanges failed;

    private AckCursor(long floor, int maxRanges) {
        this.lastAck = floor;
        this.maxRanges = maxRanges;
    }

    /**
     * A cursor of which everything up to {@code floor} counts as acknowledged, with the default bound.
     *
     * @param floor the stored {@code lastAck}, 0 for none; at most {@link #MAX_SEQ}
     * @throws IllegalArgumentException if {@code floor} is outside that
     */
    public static AckCursor startingAt(long floor) {
        return startingAt(floor, DEFAULT_MAX_RANGES);
    }

    /**
     * A cursor of which everything up to {@code floor} counts as acknowledged.
     *
     * @param floor the stored {@code lastAck}, 0 for none; at most {@link #MAX_SEQ}
     * @param maxRanges how many ranges above the floor to remember, 1 to {@link #LARGEST_MAX_RANGES}
     * @throws IllegalArgumentException if either is outside that
     */
    public static AckCursor startingAt(long floor, int maxRanges) {
        if (floor < 0 || floor > MAX_SEQ) {
            throw new IllegalArgumentException("floor " + floor + " is not allowed; 0 to " + MAX_SEQ + " is");
        }
        if (maxRanges < 1 || maxRanges > LARGEST_MAX_RANGES) {
            throw new IllegalArgumentException(
                    "maxRanges " + maxRanges + " is not allowed; 1 to " + LARGEST_MAX_RANGES + " is");
        }
        return new AckCursor(floor, maxRanges);
    }

    /**
     * Records that one message was acknowledged. A failure of the same seq is cleared. Repeats change nothing.
     *
     * @param seq 1 to {@link #MAX_SEQ}
     * @return whether {@link #lastAck()} moved
     * @throws IllegalArgumentException if {@code seq} is outside that
     */
    public boolean acked(long seq) {
        requireSeq(seq);
        if (seq <= lastAck) {
            return false;
        }
        if (seq == lastAck + 1) {
            return moveFloor(seq);
        }
        if (failed != null) {
            failed.remove(seq);
            failed = nullIfEmpty(failed);
        }
        if (acked == null) {
            acked = new SeqRanges(maxRanges);
        }
        acked.add(seq);
        return false;
    }

    /**
     * Records that every message up to and including {@code seq} was acknowledged. Failures among them are cleared.
     *
     * @param seq 1 to {@link #MAX_SEQ}
     * @return whether {@link #lastAck()} moved
     * @throws IllegalArgumentException if {@code seq} is outside that
     */
    public boolean ackedThrough(long seq) {
        requireSeq(seq);
        return seq > lastAck && moveFloor(seq);
    }

    /**
     * Records that pushing one message failed, timed out or was refused by the device. Ignored if the seq was
     * acknowledged before: a message that arrived once has arrived, whatever became of a second push of it.
     *
     * @param seq 1 to {@link #MAX_SEQ}
     * @return whether the message is still owed, so has to be sent again
     * @throws IllegalArgumentException if {@code seq} is outside that
     */
    public boolean failed(long seq) {
        if (isAcked(seq)) {
            return false;
        }
        if (failed == null) {
            failed = new SeqRanges(maxRanges);
        }
        failed.add(seq);
        return true;
    }

    /** The floor: every seq up to and including it was acknowledged. Never goes down. 0 if there is none. */
    public long lastAck() {
        return lastAck;
    }

    /** The lowest seq that is known to have failed and was not acknowledged since. It is above {@link #lastAck()}. */
    public OptionalLong lastAckErr() {
        return failed == null ? OptionalLong.empty() : OptionalLong.of(failed.lowest());
    }

    /**
     * Whether this seq was acknowledged, as far as remembered: a false negative is possible above the floor, beyond the
     * bound on ranges.
     *
     * @param seq 1 to {@link #MAX_SEQ}
     * @throws IllegalArgumentException if {@code seq} is outside that
     */
    public boolean isAcked(long seq) {
        requireSeq(seq);
        return seq <= lastAck || (acked != null && acked.contains(seq));
    }

    /**
     * The lowest seq at or after {@code from} that is not acknowledged. O(log r), and allocates nothing. What is owed
     * up to the highest seq sent is walked with
     *
     * <pre>{@code
     * for (long seq = cursor.nextMissing(1); seq <= sent; seq = cursor.nextMissing(seq + 1)) { … }
     * }</pre>
     *
     * @param from 1 to {@link Long#MAX_VALUE}; anything up to the floor means "from the floor"
     * @return above the floor; {@link Long#MAX_VALUE} at most
     * @throws IllegalArgumentException if {@code from} is below 1
     */
    public long nextMissing(long from) {
        if (from < 1) {
            throw new IllegalArgumentException("from " + from + " is not allowed; 1 or more is");
        }
        long seq = Math.max(from, lastAck + 1);
        return acked == null ? seq : acked.nextAbsent(seq);
    }

    /**
     * What is still owed up to {@code upTo}, as ranges in ascending order.
     *
     * @param upTo the highest seq to look at, such as the head of the log; 0 (an empty log) to {@link #MAX_SEQ}
     * @return at most one range more than the bound on ranges; empty if nothing is owed; not modifiable
     * @throws IllegalArgumentException if {@code upTo} is outside that
     */
    public List<SeqRange> missing(long upTo) {
        if (upTo < 0 || upTo > MAX_SEQ) {
            throw new IllegalArgumentException("upTo " + upTo + " is not allowed; 0 to " + MAX_SEQ + " is");
        }
        if (upTo <= lastAck) {
            return List.of();
        }
        return acked == null ? List.of(new SeqRange(lastAck + 1, upTo)) : acked.gaps(lastAck + 1, upTo);
    }

    @Override
    public String toString() {
        return "AckCursor[lastAck=" + lastAck + ", acked=" + (acked == null ? "[]" : acked) + ", failed="
                + (failed == null ? "[]" : failed) + "]";
    }

    /** {@code floor} is above {@code lastAck}, and every seq between the two was acknowledged. */
    private boolean moveFloor(long floor) {
        lastAck = floor;
        if (acked != null) {
            lastAck = acked.absorb(floor);
            acked = nullIfEmpty(acked);
        }
        if (failed != null) {
            failed.removeThrough(lastAck);
            failed = nullIfEmpty(failed);
        }
        return true;
    }

    private static void requireSeq(long seq) {
        if (seq < 1 || seq > MAX_SEQ) {
            throw new IllegalArgumentException("seq " + seq + " is not allowed; 1 to " + MAX_SEQ + " is");
        }
    }

    private static @Nullable SeqRanges nullIfEmpty(SeqRanges ranges) {
        return ranges.isEmpty() ? null : ranges;
    }
}
