package io.lastack.examples.bench;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a device has the log of its conversation, and the check that it got every entry once and in order: delivered
 * ones in ascending order without a gap, its own by the reply, which may come before what is below it.
 */
final class Place {
    private static final long UNKNOWN = -1;

    private final TreeSet<Long> ownAhead = new TreeSet<>();
    private long floor;

    private Place(long floor) {
        this.floor = floor;
    }

    /** The first entry must be seq 1. */
    static Place fromTheStart() {
        return new Place(0);
    }

    /** The first entry may be any: the device joins a log that exists. */
    static Place fromWhatComesFirst() {
        return new Place(UNKNOWN);
    }

    /** Everything up to here is there. */
    long floor() {
        return Math.max(floor, 0);
    }

    /** @return what is wrong with this delivery, or null */
    @Nullable
    String delivered(long seq) {
        if (floor == UNKNOWN) {
            floor = seq - 1;
        }
        if (seq != floor + 1) {
            return seq <= floor ? "seq " + seq + " came twice" : "seq " + seq + " came after " + floor;
        }
        moveTo(seq);
        return null;
    }

    /** @return what is wrong with this confirmation, or null */
    @Nullable
    String confirmed(long seq) {
        if (seq <= floor || ownAhead.contains(seq)) {
            return "seq " + seq + " was confirmed, and had come before";
        }
        if (seq == floor + 1) {
            moveTo(seq);
        } else {
            ownAhead.add(seq);
        }
        return null;
    }

    private void moveTo(long seq) {
        floor = seq;
        while (!ownAhead.isEmpty() && ownAhead.first() == floor + 1) {
            ownAhead.pollFirst();
            floor++;
        }
    }
}
