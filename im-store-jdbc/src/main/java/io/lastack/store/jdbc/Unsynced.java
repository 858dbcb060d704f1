package io.lastack.store.jdbc;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The conversations with appends that may be committed but not yet durable. What a reader sees of those must not leave the
 * store before it is durable: after a crash another message could take the seq of a lost one that a device confirmed.
 */
final class Unsynced {
    private final ConcurrentHashMap<Long, Integer> appends = new ConcurrentHashMap<>();
    private final Set<HostsOwn> hosts = ConcurrentHashMap.newKeySet();

    /** An append in a transaction of the host's, which ends when the host wants; it held the conversations' locks when it came here. */
    static final class HostsOwn {
        private final int opening;
        private final List<Long> conversations;

        private HostsOwn(int opening, Collection<Long> conversations) {
            this.opening = opening;
            this.conversations = List.copyOf(conversations);
        }

        /** The opening of the database that it was made in, and cannot outlive unless it is durable. */
        int opening() {
            return opening;
        }
    }

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

    /** Call with the locks of the conversations, before the host can commit. */
    HostsOwn beginHosts(int opening, Collection<Long> conversations) {
        HostsOwn own = new HostsOwn(opening, conversations);
        hosts.add(own);
        return own;
    }

    /** Call when what was committed of these is durable. */
    void endHosts(Collection<HostsOwn> ended) {
        hosts.removeAll(ended);
    }

    /** Appends of the host's in these conversations, as far as it is not known that they are durable or gone. */
    List<HostsOwn> hostsIn(Collection<Long> conversations) {
        return hosts.isEmpty()
                ? List.of()
                : hosts.stream()
                        .filter(own -> !Collections.disjoint(own.conversations, conversations))
                        .toList();
    }

    /** All appends of the host's of which it is not known that they are durable or gone. */
    List<HostsOwn> hosts() {
        return List.copyOf(hosts);
    }

    static Set<Long> conversations(Collection<HostsOwn> owns) {
        return owns.stream().flatMap(own -> own.conversations.stream()).collect(Collectors.toSet());
    }

    /** Those whose conversations are all among the ones that nobody has locked: their transactions have ended. */
    static List<HostsOwn> ended(Collection<HostsOwn> owns, Set<Long> unlocked) {
        return owns.stream()
                .filter(own -> unlocked.containsAll(own.conversations))
                .toList();
    }

    /** Call after reading. */
    boolean mayHold(Collection<Long> conversations) {
        return !appends.isEmpty() && conversations.stream().anyMatch(appends::containsKey);
    }
}
