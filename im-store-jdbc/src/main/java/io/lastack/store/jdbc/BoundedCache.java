package io.lastack.store.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the most recently used entries of one opening of the database, which are forgotten with the first use in a
 * later one. What belongs to an earlier one is not there, and is not kept. Safe for use by several threads.
 */
final class BoundedCache<K, V> {
    private final Map<K, V> entries;
    private int opening;

    /** @param size at least 1 */
    BoundedCache(int size) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > size;
            }
        };
    }

    synchronized @Nullable V get(int usedIn, K key) {
        return isOf(usedIn) ? entries.get(key) : null;
    }

    synchronized void put(int usedIn, K key, V value) {
        if (isOf(usedIn)) {
            entries.put(key, value);
        }
    }

    synchronized void remove(int usedIn, K key) {
        if (isOf(usedIn)) {
            entries.remove(key);
        }
    }

    private boolean isOf(int usedIn) {
        if (usedIn > opening) {
            entries.clear();
            opening = usedIn;
        }
        return usedIn == opening;
    }
}
