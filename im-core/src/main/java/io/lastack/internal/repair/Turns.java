package io.lastack.internal.repair;

import io.lastack.internal.collection.StripedMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.IntUnaryOperator;

/**
 * When which part of what there is is compared. Each part comes again a round after it came, if not sooner; where there is
 * little, several come together, so that an engine with few users asks once a round, and where there is much they come evenly
 * spread over it. However many things are added at once, they are compared a few at a time: parts that are due together
 * come one after the other, the last of them an eighth of a round late. Not thread-safe.
 */
final class Turns {
    static final int PARTS = StripedMap.STRIPES;

    /** How many things are compared together, unless one part alone has more. */
    static final int THINGS = 256;

    private static final int LATEST = 8;

    private record Turn(int part, long dueNanos) {}

    private final long roundNanos;

    /** In the order in which they are due, as each that came goes to the end. */
    private final Queue<Turn> waiting = new ArrayDeque<>(PARTS);

    private long tookNanos;
    private int took;

    Turns(long roundNanos) {
        this.roundNanos = roundNanos;
    }

    /** All parts are due. */
    void begin(long nowNanos) {
        waiting.clear();
        for (int part = 0; part < PARTS; part++) {
            waiting.add(new Turn(part, nowNanos));
        }
    }

    /** The parts to be compared now: one at least, each of them once. */
    List<Integer> take(long nowNanos, IntUnaryOperator sizeOfPart) {
        List<Integer> parts = new ArrayList<>();
        int things = 0;
        while (parts.size() < PARTS && (things < THINGS || parts.isEmpty())) {
            int part = waiting.remove().part();
            parts.add(part);
            things += sizeOfPart.applyAsInt(part);
        }
        parts.forEach(part -> waiting.add(new Turn(part, nowNanos + roundNanos)));
        tookNanos = nowNanos;
        took = parts.size();
        return parts;
    }

    /** How long to wait before the next are taken. */
    long pauseNanos(long nowNanos) {
        long share = roundNanos / PARTS;
        long evenly = tookNanos + share * took - nowNanos;
        long due = waiting.element().dueNanos() - nowNanos;
        return Math.max(share / LATEST, Math.min(evenly, due));
    }
}
