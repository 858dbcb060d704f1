package io.lastack.memory;

import io.lastack.client.Connector;
import io.lastack.session.CloseReason;
import io.lastack.session.Handshake;
import io.lastack.session.SessionAcceptor;
import io.lastack.spi.EngineRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Joins clients to a server in the same process. Frames travel as objects; nothing is encoded. Every call across a link
 * is made later, as a task of the runtime, so that neither side runs inside the other, and in the order in which each
 * side made its calls. A test can break links as networks do; see {@link MemoryLink}.
 *
 * <p>Safe for use by several threads.
 */
public final class MemoryTransport implements Connector {
    private static final CloseReason UNREACHABLE = new CloseReason(MemoryLink.ABNORMAL, "the server is not reachable");

    private final SessionAcceptor server;
    private final EngineRuntime runtime;
    private final Supplier<Handshake> handshake;
    private final Map<Long, MemoryLink> links = new LinkedHashMap<>();
    private long linksMade;
    private volatile boolean reachable = true;

    private MemoryTransport(SessionAcceptor server, EngineRuntime runtime, Supplier<Handshake> handshake) {
        this.server = server;
        this.runtime = runtime;
        this.handshake = handshake;
    }

    /** A transport whose clients bring nothing along when they connect: hello carries token and device. */
    public static MemoryTransport to(SessionAcceptor server, EngineRuntime runtime) {
        return to(server, runtime, () -> Handshake.NONE);
    }

    /** @param handshake asked at each connect for what the client brings along */
    public static MemoryTransport to(SessionAcceptor server, EngineRuntime runtime, Supplier<Handshake> handshake) {
        return new MemoryTransport(server, runtime, handshake);
    }

    @Override
    public void connect(Listener listener) {
        if (!reachable) {
            runtime.execute(() -> listener.closed(UNREACHABLE));
            return;
        }
        MemoryLink link;
        synchronized (links) {
            long number = ++linksMade;
            link = new MemoryLink(runtime, listener, "memory:" + number, () -> forget(number));
            links.put(number, link);
        }
        link.open(server, handshake.get());
    }

    /** The links that at least one side holds to be open, oldest first. */
    public List<MemoryLink> links() {
        synchronized (links) {
            return List.copyOf(links.values());
        }
    }

    /** Whether connecting succeeds from now on; links that are open are not touched. True at first. */
    public void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    private void forget(long number) {
        synchronized (links) {
            links.remove(number);
        }
    }
}
