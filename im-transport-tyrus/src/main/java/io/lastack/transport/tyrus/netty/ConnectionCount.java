package io.lastack.transport.tyrus.netty;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the open connections, in all and by client address. Safe for use by any number of threads. */
final class ConnectionCount {

    /** Connections over the limit that are kept long enough to be told so; beyond them one is closed without a word. */
    private static final int TOLD = 1000;

    private final int limit;
    private final int limitPerAddress;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    ConnectionCount(ServerLimits limits) {
        this.limit = limits.connections();
        this.limitPerAddress = limits.connectionsPerAddress();
    }

    /** Counts a connection in, whatever the verdict; {@link #leave} must follow. */
    Verdict enter(InetAddress address) {
        int all = open.incrementAndGet();
        int same = limitPerAddress == Integer.MAX_VALUE ? 0 : byAddress.merge(address, 1, Integer::sum);
        if (all > (long) limit + TOLD) {
            return Verdict.DROP;
        }
        if (all > limit) {
            return Verdict.FULL;
        }
        return same > limitPerAddress ? Verdict.ADDRESS_FULL : Verdict.WELCOME;
    }

    void leave(InetAddress address) {
        open.decrementAndGet();
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
