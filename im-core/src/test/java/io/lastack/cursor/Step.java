package io.lastack.cursor;

/** One call on a cursor. */
sealed interface Step {

    long seq();

    record Acked(long seq) implements Step {}

    record AckedThrough(long seq) implements Step {}

    record Failed(long seq) implements Step {}

    /** Makes the call; returns what it returned. */
    default boolean on(AckCursor cursor) {
        if (this instanceof Acked) {
            return cursor.acked(seq());
        }
        return this instanceof AckedThrough ? cursor.ackedThrough(seq()) : cursor.failed(seq());
    }
}
