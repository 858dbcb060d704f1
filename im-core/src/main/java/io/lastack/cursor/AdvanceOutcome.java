package io.lastack.cursor;

/** What became of one advance of a cursor. */
public enum AdvanceOutcome {
    /** The cursor moved up to the position. */
    ADVANCED,
    /** It stood there or higher already (an ack cursor never stands below {@code firstSeq - 1}). */
    UNCHANGED,
    /**
     * The position is above the highest seq that exists and that the member may see (a former member may still move up to
     * the last one), or there was never such a member; nothing was changed.
     */
    REFUSED
}
