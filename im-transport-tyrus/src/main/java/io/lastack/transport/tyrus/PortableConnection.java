package io.lastack.transport.tyrus;

import io.lastack.proto.WireCodec;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.spi.EngineRuntime;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of any container, through the standard interface alone. Pings and closes may block in some containers, so
 * they are made on a thread that may. A close waits for the write in flight, but not for ever. The standard has no way to
 * drop a connection at once: {@link #kill} asks for a close and leaves the rest to the container.
 */
final class PortableConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(PortableConnection.class);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

    private final Session session;
    private final WireCodec codec;
    private final EngineRuntime runtime;
    private final String remoteAddress;
    private final AtomicBoolean pinging = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /* Guarded by this. */
    private boolean writing;
    private @Nullable CloseReason closing;

    PortableConnection(Session session, WireCodec codec, EngineRuntime runtime, String remoteAddress) {
        this.session = session;
        this.codec = codec;
        this.runtime = runtime;
        this.remoteAddress = remoteAddress;
    }

    @Override
    public FrameEncoder encoder() {
        return codec;
    }

    @Override
    public void write(List<EncodedFrame> packet, WriteCallback done) {
        synchronized (this) {
            if (closing != null) {
                runtime.execute(() -> done.written(false));
                return;
            }
            writing = true;
        }
        try {
            send(codec.packet(packet), result -> written(done, result.isOK()));
        } catch (RuntimeException e) {
            LOG.debug("a write found the connection of {} closed", remoteAddress, e);
            written(done, false);
        }
    }

    private void send(byte[] packet, SendHandler handler) {
        if (codec.isBinary()) {
            session.getAsyncRemote().sendBinary(ByteBuffer.wrap(packet), handler);
        } else {
            session.getAsyncRemote().sendText(new String(packet, StandardCharsets.UTF_8), handler);
        }
    }

    private void written(WriteCallback done, boolean ok) {
        CloseReason reason;
        synchronized (this) {
            writing = false;
            reason = closing;
        }
        if (reason != null) {
            runtime.execute(() -> closeNow(reason));
        }
        done.written(ok);
    }

    @Override
    public void ping() {
        if (pinging.compareAndSet(false, true)) {
            runtime.execute(() -> {
                try {
                    session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
                } catch (IOException | RuntimeException e) {
                    LOG.debug("a ping found the connection of {} closed", remoteAddress, e);
                } finally {
                    pinging.set(false);
                }
            });
        }
    }

    @Override
    public void close(CloseReason reason) {
        boolean now;
        synchronized (this) {
            if (closing != null) {
                return;
            }
            closing = reason;
            now = !writing;
        }
        if (now) {
            runtime.execute(() -> closeNow(reason));
        } else {
            runtime.schedule(CLOSE_PATIENCE, () -> runtime.execute(() -> closeNow(reason)));
        }
    }

    @Override
    public void kill() {
        runtime.execute(() -> closeNow(new CloseReason(CloseReason.GOING_AWAY, "the connection was given up")));
    }

    private void closeNow(CloseReason reason) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            session.close(CloseReasons.ofEngine(reason));
        } catch (IOException | RuntimeException e) {
            LOG.debug("a close found the connection of {} closed", remoteAddress, e);
        }
    }

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }
}
