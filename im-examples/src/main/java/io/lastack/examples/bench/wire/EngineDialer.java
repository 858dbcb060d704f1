package io.lastack.examples.bench.wire;

import io.lastack.ImEngine;
import io.lastack.proto.MalformedPacketException;
import io.lastack.proto.WireCodec;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.Handshake;
import io.lastack.session.Session;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Connections to an engine in this process: packets are encoded and decoded as on a network, and handed from thread to
 * thread instead. For profiling an engine without its transport.
 */
public final class EngineDialer implements Dialer {
    private final ImEngine engine;
    private final WireCodec codec;
    private final ScheduledExecutorService client =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bench"));
    private final ExecutorService server = Executors.newSingleThreadExecutor(task -> new Thread(task, "bench-engine"));

    public EngineDialer(ImEngine engine, WireCodec codec) {
        this.engine = engine;
        this.codec = codec;
    }

    @Override
    public ScheduledExecutorService thread() {
        return client;
    }

    @Override
    public void dial(String token, String device, LinkEvents events) {
        Line line = new Line(events);
        client.execute(() -> events.opened(new ClientEnd(line)));
        server.execute(() -> line.session = engine.accept(line, new Handshake(token, device)));
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.shutdownNow();
    }

    private final class ClientEnd implements Link {
        private final Line line;

        ClientEnd(Line line) {
            this.line = line;
        }

        @Override
        public void send(ByteBuf packet) {
            server.execute(() -> {
                Session session = line.session();
                try {
                    session.received(codec.decodeClient(packet.nioBuffer()));
                } catch (MalformedPacketException e) {
                    session.malformed(e.closeReason());
                } finally {
                    packet.release();
                }
            });
        }

        @Override
        public void close() {
            server.execute(() -> line.session().closed(new CloseReason(CloseReason.NORMAL, "")));
        }
    }

    private final class Line implements Connection {
        private final LinkEvents events;
        private @Nullable Session session;

        Line(LinkEvents events) {
            this.events = events;
        }

        /** Only on the server's thread, where it was accepted before anything that calls this. */
        Session session() {
            return Objects.requireNonNull(session);
        }

        @Override
        public FrameEncoder encoder() {
            return codec;
        }

        @Override
        public void write(List<EncodedFrame> packet, WriteCallback done) {
            byte[] bytes = codec.packet(packet);
            client.execute(() -> {
                events.packet(bytes, bytes.length);
                server.execute(() -> done.written(true));
            });
        }

        @Override
        public void ping() {
            server.execute(() -> session().activity());
        }

        @Override
        public void close(CloseReason reason) {
            client.execute(() -> events.closed(reason.code() + " " + reason.text()));
        }

        @Override
        public void kill() {
            client.execute(() -> events.closed("killed"));
        }

        @Override
        public String remoteAddress() {
            return "in-process";
        }
    }
}
