package io.lastack.internal.fanout;

import java.util.ArrayDeque;

/**
 * Bounds the memory of all tails together: beyond the budget the oldest entry of all leaves, which is always the oldest of
 * its conversation too. Thread-safe.
 */
public final class TailBudget {
    private final long maxBytes;
    private final ArrayDeque<Held> oldestFirst = new ArrayDeque<>();
    private long bytes;

    private record Held(Topic topic, long seq, int weight) {}

    public TailBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void added(Topic topic, TailEntry entry) {
        int weight = entry.weight();
        synchronized (this) {
            oldestFirst.add(new Held(topic, entry.seq(), weight));
            bytes += weight;
        }
        for (Held oldest = overdue(); oldest != null; oldest = overdue()) {
            oldest.topic().forgetThrough(oldest.seq());
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Held overdue() {
        if (bytes <= maxBytes) {
            return null;
        }
        Held oldest = oldestFirst.remove();
        bytes -= oldest.weight();
        return oldest;
    }
}
