package io.lastack.store.jdbc;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The conversations with appends that may be committed but not yet durable. What a reader sees of those must not leave the
 * store before it is durable: after a crash another message could take the seq of a lost one that a device confirmed.
 */
final class Unsynced {
    private final ConcurrentHashMap<Long, Integer> appends = new ConcurrentHashMap<>();

    /** Call before the transaction: commits become visible inside it. */
    void begin(Collection<Long> conversations) {
        conversations.forEach(conversation -> appends.merge(conversation, 1, Integer::sum));
    }

    /**
     * Call when the append is durable, or certainly not committed. An append that is neither stays here, so that its
     * conversations' readers go on making sure.
     */
    void end(Collection<Long> conversations) {
        conversations.forEach(
                conversation -> appends.computeIfPresent(conversation, (id, count) -> count == 1 ? null : count - 1));
    }

    /** Call after reading. */
    boolean mayHold(Collection<Long> conversations) {
        return !appends.isEmpty() && conversations.stream().anyMatch(appends::containsKey);
    }
}
