package io.lastack.client;

import io.lastack.cursor.AckCursor;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the application has confirmed of one conversation: an {@link AckCursor}, and beside it the ranges that count as
 * had without being messages (retention, entries the user may not see), which may be long and are counted as the floor
 * reaches them.
 */
final class Floor {
    /** A window of twice as many messages may be confirmed in any order; beyond, some may come once more. */
    private static final int MAX_RANGES = 1_024;

    private final AckCursor cursor;
    private final NavigableMap<Long, Long> had = new TreeMap<>();

    Floor(long seq) {
        this.cursor = AckCursor.startingAt(seq, MAX_RANGES);
    }

    /** Everything up to and including it is confirmed, or counts as had. */
    long seq() {
        return cursor.lastAck();
    }

    void acked(long seq) {
        cursor.acked(seq);
        countHad();
    }

    void failed(long seq) {
        cursor.failed(seq);
    }

    void had(long first, long last) {
        had.merge(first, last, Math::max);
        countHad();
    }

    private void countHad() {
        for (Map.Entry<Long, Long> range = had.firstEntry();
                range != null && range.getKey() <= cursor.lastAck() + 1;
                range = had.firstEntry()) {
            cursor.ackedThrough(range.getValue());
            had.pollFirstEntry();
        }
    }
}
