package io.lastack.memory;

import io.lastack.client.Connector;
import io.lastack.internal.task.SerialExecutor;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.Handshake;
import io.lastack.session.Session;
import io.lastack.session.SessionAcceptor;
import io.lastack.spi.EngineRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection in memory, and how a test breaks it. Safe for use by several threads.
 *
 * <p>A packet counts as written once the client has taken it.
 */
public final class MemoryLink {
    /** What WebSocket reports for a connection that ended without a close; never on the wire. */
    static final int ABNORMAL = 1006;

    private static final CloseReason LOST = new CloseReason(ABNORMAL, "the connection was lost");

    /** All calls across the link, both ways; every field without a word on it belongs to its tasks. */
    private final SerialExecutor tasks;

    private final Connector.Listener client;
    private final String address;
    private final Runnable whenOver;
    private final List<Connection.WriteCallback> stuckWrites = new ArrayList<>();
    private @Nullable Session server;
    private boolean serverEnded;
    private boolean clientEnded;

    /** Set from any thread, at once; what is on its way then does not arrive. */
    private final AtomicReference<Flow> flow = new AtomicReference<>(Flow.BOTH_WAYS);

    MemoryLink(EngineRuntime runtime, Connector.Listener client, String address, Runnable whenOver) {
        this.tasks = new SerialExecutor(runtime);
        this.client = client;
        this.address = address;
        this.whenOver = whenOver;
    }

    void open(SessionAcceptor acceptor, Handshake handshake) {
        tasks.execute(() -> {
            client.opened(new ClientEnd());
            try {
                server = acceptor.accept(new ServerEnd(), handshake);
            } catch (RuntimeException e) {
                endBoth(new CloseReason(CloseReason.SERVER_ERROR, "the server could not take the connection"));
                throw e;
            }
        });
    }

    /** Breaks the link at once, as if the cable's ends had noticed: what is on its way is lost, both sides are told. */
    public void cut() {
        flow.set(Flow.ENDED);
        tasks.execute(() -> endBoth(LOST));
    }

    /**
     * Makes the link half-open: from now on nothing passes and nobody is told: the server's writes do not complete, pings get no answer, and a side
     * that closes ends alone. {@link #cut} ends it for both.
     */
    public void freeze() {
        flow.compareAndSet(Flow.BOTH_WAYS, Flow.FROZEN);
    }

    /** The server's name for the client's end. */
    public String address() {
        return address;
    }

    private void toClient(List<EncodedFrame> packet, Connection.WriteCallback done) {
        if (serverEnded || flow.get() == Flow.ENDED) {
            done.written(false);
        } else if (flow.get() == Flow.FROZEN) {
            stuckWrites.add(done);
        } else {
            client.received(packet.stream().map(MemoryFrame::frameOf).toList());
            done.written(true);
        }
    }

    private void toServer(List<ClientFrame> packet) {
        if (server != null && flow.get() == Flow.BOTH_WAYS) {
            server.activity();
            server.received(packet);
        }
    }

    private void pingAnswered() {
        if (server != null && flow.get() == Flow.BOTH_WAYS) {
            server.activity();
        }
    }

    private void endBoth(CloseReason reason) {
        flow.set(Flow.ENDED);
        endServer(reason);
        endClient(reason);
    }

    private void endServer(CloseReason reason) {
        if (!serverEnded) {
            serverEnded = true;
            stuckWrites.forEach(done -> done.written(false));
            stuckWrites.clear();
            if (server != null) {
                server.closed(reason);
            }
            forgetIfOver();
        }
    }

    private void endClient(CloseReason reason) {
        if (!clientEnded) {
            clientEnded = true;
            client.closed(reason);
            forgetIfOver();
        }
    }

    private void forgetIfOver() {
        if (serverEnded && clientEnded) {
            whenOver.run();
        }
    }

    private enum Flow {
        BOTH_WAYS,
        FROZEN,
        ENDED
    }

    private final class ServerEnd implements Connection {
        @Override
        public FrameEncoder encoder() {
            return MemoryFrame.ENCODER;
        }

        @Override
        public void write(List<EncodedFrame> packet, WriteCallback done) {
            List<EncodedFrame> frames = List.copyOf(packet);
            tasks.execute(() -> toClient(frames, done));
        }

        @Override
        public void ping() {
            tasks.execute(MemoryLink.this::pingAnswered);
        }

        @Override
        public void close(CloseReason reason) {
            tasks.execute(() -> {
                if (flow.get() == Flow.FROZEN) {
                    endServer(reason);
                } else {
                    endBoth(reason);
                }
            });
        }

        @Override
        public void kill() {
            if (flow.get() != Flow.FROZEN) {
                cut();
            } else {
                tasks.execute(() -> endServer(LOST));
            }
        }

        @Override
        public String remoteAddress() {
            return address;
        }

        @Override
        public String transport() {
            return "memory";
        }
    }

    private final class ClientEnd implements Connector.Link {
        @Override
        public void write(List<ClientFrame> packet) {
            List<ClientFrame> frames = List.copyOf(packet);
            tasks.execute(() -> toServer(frames));
        }

        @Override
        public void close() {
            CloseReason reason = new CloseReason(CloseReason.NORMAL, "closed by the client");
            tasks.execute(() -> {
                if (flow.get() == Flow.FROZEN) {
                    endClient(reason);
                } else {
                    endBoth(reason);
                }
            });
        }
    }
}
