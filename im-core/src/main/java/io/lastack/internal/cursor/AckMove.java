package io.lastack.internal.cursor;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;

/** A device's floor moved from {@code from} to {@code to}. */
public record AckMove(CursorKey key, long from, long to) {
    AckMove merge(AckMove other) {
        return new AckMove(key, Math.min(from, other.from), Math.max(to, other.to));
    }

    AckAdvance advance() {
        return new AckAdvance(key, to);
    }
}
