package io.lastack.internal.collection;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A concurrent map in {@value #STRIPES} parts of about the same size, each of which can be looked through without looking at
 * the others. A key always lies in the same part.
 */
public final class StripedMap<K, V> {
    /** A power of two. */
    public static final int STRIPES = 16;

    /** Of the hash of a key the high bits count, after this: names that differ in one letter differ in the low ones. */
    private static final int SPREAD = 0x9E3779B9;

    private static final int SHIFT = Integer.numberOfLeadingZeros(STRIPES) + 1;

    private final List<ConcurrentMap<K, V>> stripes = Stream.generate(
                    () -> (ConcurrentMap<K, V>) new ConcurrentHashMap<K, V>())
            .limit(STRIPES)
            .toList();

    /** The part in which a key lies, whether it is there or not. */
    public ConcurrentMap<K, V> of(K key) {
        return stripes.get((key.hashCode() * SPREAD) >>> SHIFT);
    }

    /** @param number from 0 */
    public ConcurrentMap<K, V> stripe(int number) {
        return stripes.get(number);
    }

    /** Whoever comes or goes meanwhile may be seen or not. */
    public void forEachStripe(Consumer<ConcurrentMap<K, V>> action) {
        stripes.forEach(action);
    }

    public int size() {
        return stripes.stream().mapToInt(ConcurrentMap::size).sum();
    }
}
