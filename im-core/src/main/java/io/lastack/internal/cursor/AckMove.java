package io.lastack.internal.cursor;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;

/** A device's floor moved from {@code from} to {@code to}, at {@code at}. */
public record AckMove(CursorKey key, long from, long to, long at) {
    AckMove merge(AckMove other) {
        AckMove higher = to >= other.to ? this : other;
        return new AckMove(key, Math.min(from, other.from), higher.to, higher.at);
    }

    AckAdvance advance() {
        return new AckAdvance(key, to, at);
    }
}
