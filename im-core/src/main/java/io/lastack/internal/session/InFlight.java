package io.lastack.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * What was sent of one conversation and is not yet acknowledged, oldest first: the size of each message, and runs of seqs
 * that were skipped. Each message takes one place in the window, and each run too, however long it is. A ring that exists
 * only while there is anything. Not thread-safe.
 */
final class InFlight {
    /** A message's size, or, below zero, a run of so many skipped seqs. */
    private int @Nullable [] ring;

    private int head;
    private int used;

    boolean isEmpty() {
        return used == 0;
    }

    void add(int size, Window window) {
        append(size);
        window.take(size);
    }

    /** @param count at least 1 */
    void addSkipped(long count, Window window) {
        for (long left = count; left > 0; left -= Integer.MAX_VALUE) {
            append((int) -Math.min(left, Integer.MAX_VALUE));
            window.take(0);
        }
    }

    private void append(int entry) {
        int[] entries = ring;
        if (entries == null) {
            entries = new int[4];
            ring = entries;
        } else if (used == entries.length) {
            entries = grown(entries);
        }
        entries[slot(entries, used)] = entry;
        used++;
    }

    /** Takes the oldest {@code seqs} out; a run that is left in part keeps its place. */
    void releaseOldest(long seqs, Window window) {
        release(seqs, true, window);
    }

    /** Takes the newest {@code seqs} out; a run that is left in part keeps its place. */
    void releaseNewest(long seqs, Window window) {
        release(seqs, false, window);
    }

    void releaseAll(Window window) {
        release(Long.MAX_VALUE, true, window);
    }

    private void release(long seqs, boolean oldest, Window window) {
        int before = used;
        long bytes = 0;
        long left = seqs;
        int[] entries = ring;
        while (left > 0 && used > 0 && entries != null) {
            int at = slot(entries, oldest ? 0 : used - 1);
            int entry = entries[at];
            if (entry < -left) {
                entries[at] = (int) (entry + left);
                break;
            }
            left -= entry < 0 ? -(long) entry : 1;
            bytes += Math.max(0, entry);
            head = oldest ? (head + 1) & (entries.length - 1) : head;
            used--;
        }
        window.release(before - used, bytes);
        if (used == 0) {
            ring = null;
            head = 0;
        }
    }

    private int slot(int[] entries, int index) {
        return (head + index) & (entries.length - 1);
    }

    private int[] grown(int[] entries) {
        int[] larger = new int[entries.length * 2];
        for (int i = 0; i < used; i++) {
            larger[i] = entries[slot(entries, i)];
        }
        ring = larger;
        head = 0;
        return larger;
    }
}
