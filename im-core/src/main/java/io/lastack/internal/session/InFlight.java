package io.lastack.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * The sizes of the messages of one conversation that were sent and not yet acknowledged, oldest first: a ring that exists
 * only while there are any. Not thread-safe.
 */
final class InFlight {
    private int @Nullable [] sizes;
    private int head;
    private int count;

    int count() {
        return count;
    }

    void add(int size) {
        int[] ring = sizes;
        if (ring == null) {
            ring = new int[4];
            sizes = ring;
        } else if (count == ring.length) {
            ring = grown(ring);
        }
        ring[(head + count) & (ring.length - 1)] = size;
        count++;
    }

    /** Takes the oldest {@code n} out. @return their bytes */
    long removeOldest(int n) {
        long bytes = 0;
        int[] ring = sizes;
        for (int i = 0; i < n && ring != null; i++) {
            bytes += ring[head];
            head = (head + 1) & (ring.length - 1);
            count--;
        }
        release();
        return bytes;
    }

    /** Takes the newest {@code n} out. @return their bytes */
    long removeNewest(int n) {
        long bytes = 0;
        int[] ring = sizes;
        for (int i = 0; i < n && ring != null; i++) {
            count--;
            bytes += ring[(head + count) & (ring.length - 1)];
        }
        release();
        return bytes;
    }

    private void release() {
        if (count == 0) {
            sizes = null;
            head = 0;
        }
    }

    private int[] grown(int[] ring) {
        int[] larger = new int[ring.length * 2];
        for (int i = 0; i < count; i++) {
            larger[i] = ring[(head + i) & (ring.length - 1)];
        }
        sizes = larger;
        head = 0;
        return larger;
    }
}
