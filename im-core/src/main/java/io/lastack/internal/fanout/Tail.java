package io.lastack.internal.fanout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest entries of one conversation, without gaps, in a ring: looking one up by seq costs no search. Not thread-safe. */
final class Tail {
    static final int MAX_ENTRIES = 512;

    private @Nullable TailEntry[] ring = new TailEntry[4];
    private long firstSeq = 1;
    private int count;

    void add(TailEntry entry) {
        if (count == 0 || firstSeq + count != entry.seq()) {
            clear();
            firstSeq = entry.seq();
        } else if (count == MAX_ENTRIES) {
            removeFirst();
        } else if (count == ring.length) {
            grow();
        }
        ring[slot(entry.seq())] = entry;
        count++;
    }

    @Nullable
    TailEntry get(long seq) {
        return seq >= firstSeq && seq < firstSeq + count ? ring[slot(seq)] : null;
    }

    List<TailEntry> from(long seq, int limit) {
        List<TailEntry> found = new ArrayList<>();
        for (TailEntry entry = get(seq); entry != null && found.size() < limit; entry = get(entry.seq() + 1)) {
            found.add(entry);
        }
        return found;
    }

    long firstSeq() {
        return firstSeq;
    }

    long lastSeq() {
        return firstSeq + count - 1;
    }

    void forgetThrough(long seq) {
        while (count > 0 && firstSeq <= seq) {
            removeFirst();
        }
    }

    private void removeFirst() {
        ring[slot(firstSeq)] = null;
        firstSeq++;
        count--;
    }

    private void clear() {
        Arrays.fill(ring, null);
        count = 0;
    }

    private void grow() {
        @Nullable TailEntry[] larger = new TailEntry[ring.length * 2];
        for (long seq = firstSeq; seq < firstSeq + count; seq++) {
            larger[(int) (seq & (larger.length - 1))] = ring[slot(seq)];
        }
        ring = larger;
    }

    private int slot(long seq) {
        return (int) (seq & (ring.length - 1));
    }
}
