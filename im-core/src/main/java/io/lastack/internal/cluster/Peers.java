package io.lastack.internal.cluster;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The other nodes that gave a sign of life within the lease. Thread-safe. */
final class Peers {
    private final long leaseNanos;
    private final ConcurrentHashMap<String, Long> heardNanos = new ConcurrentHashMap<>();

    Peers(long leaseNanos) {
        this.leaseNanos = leaseNanos;
    }

    /** @return whether it was not known before */
    boolean heard(String peer, long nowNanos) {
        return heardNanos.put(peer, nowNanos) == null;
    }

    boolean left(String peer) {
        return heardNanos.remove(peer) != null;
    }

    /** Forgets those that were silent for too long. @return them */
    List<String> expire(long nowNanos) {
        List<String> dead = heardNanos.entrySet().stream()
                .filter(peer -> nowNanos - peer.getValue() > leaseNanos)
                .map(java.util.Map.Entry::getKey)
                .sorted()
                .toList();
        dead.forEach(heardNanos::remove);
        return dead;
    }

    boolean isEmpty() {
        return heardNanos.isEmpty();
    }

    int size() {
        return heardNanos.size();
    }
}
