package io.lastack.transport.tyrus.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open connections, in all and by client address. Those of a listed proxy count for the clients that come
 * through it, each from the moment when it is known. Safe for use by any number of threads.
 */
final class ConnectionCount {

    /** Connections over the limit that are kept long enough to be told so; beyond them one is closed without a word. */
    private static final int TOLD = 1000;

    private final int limit;
    private final int limitPerAddress;
    private final TrustedProxies proxies;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    ConnectionCount(ServerLimits limits, TrustedProxies proxies) {
        this.limit = limits.connections();
        this.limitPerAddress = limits.connectionsPerAddress();
        this.proxies = proxies;
    }

    /** Counts a connection in, whatever the verdict; {@link #leave} must follow. */
    Verdict enter(InetSocketAddress peer) {
        int all = open.incrementAndGet();
        boolean one = proxies.trusts(peer) || enterFor(peer.getAddress());
        if (all > (long) limit + TOLD) {
            return Verdict.DROP;
        }
        if (all > limit) {
            return Verdict.FULL;
        }
        return one ? Verdict.WELCOME : Verdict.ADDRESS_FULL;
    }

    void leave(InetSocketAddress peer) {
        open.decrementAndGet();
        if (!proxies.trusts(peer)) {
            leaveFor(peer.getAddress());
        }
    }

    /** Counts an address in; {@link #leaveFor} must follow. Whether it is within its limit. */
    boolean enterFor(InetAddress address) {
        return limitPerAddress == Integer.MAX_VALUE || byAddress.merge(address, 1, Integer::sum) <= limitPerAddress;
    }

    void leaveFor(InetAddress address) {
        byAddress.computeIfPresent(address, (any, count) -> count == 1 ? null : count - 1);
    }

    int open() {
        return open.get();
    }

    /** What is to become of a connection. */
    enum Verdict {
        WELCOME,
        FULL,
        ADDRESS_FULL,
        DROP;

        /** The answer to whatever it asks for, or nothing if it is welcome. */
        Optional<Admission.Refused> refusal() {
            return switch (this) {
                case WELCOME -> Optional.empty();
                case ADDRESS_FULL ->
                    Optional.of(new Admission.Refused(429, "too many connections from this address", 5));
                case FULL, DROP -> Optional.of(new Admission.Refused(503, "the server is full", 5));
            };
        }
    }
}
