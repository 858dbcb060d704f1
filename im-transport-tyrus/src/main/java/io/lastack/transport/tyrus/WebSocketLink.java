package io.lastack.transport.tyrus;

import io.lastack.client.Connector;
import io.lastack.proto.MalformedPacketException;
import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection of a client. Tells the listener of its end once, whoever brings it about. */
final class WebSocketLink implements WebSocket.Listener, Connector.Link {

    /** A packet of the server is refused beyond this size; servers keep far below. */
    private static final int MAX_PACKET_BYTES = 16 << 20;

    private static final long CLOSE_SECONDS = 3;

    private final WireCodec codec;
    private final LinkWriter writer;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream(0);

    /** Calls to the listener are made holding this, so by one thread at a time. */
    private final Object turn = new Object();

    private final Connector.Listener listener;
    private boolean ended;
    private volatile @Nullable WebSocket socket;

    WebSocketLink(WireCodec codec, Connector.Listener listener) {
        this.codec = codec;
        this.listener = listener;
        this.writer = new LinkWriter(codec, this::end);
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        if (!opened.getSubprotocol().equals(codec.subprotocol())) {
            end(new CloseReason(CloseReason.PROTOCOL_ERROR, "the server does not speak " + codec));
            return;
        }
        writer.open(opened);
        synchronized (turn) {
            if (!ended) {
                listener.opened(this);
            }
        }
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        if (codec.isBinary() || text.length() + part.length() > MAX_PACKET_BYTES) {
            refuse();
            return null;
        }
        text.append(part);
        if (last) {
            ByteBuffer packet = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
            received(packet);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        if (!codec.isBinary() || binary.size() + part.remaining() > MAX_PACKET_BYTES) {
            refuse();
            return null;
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        binary.writeBytes(copy);
        if (last) {
            ByteBuffer packet = ByteBuffer.wrap(binary.toByteArray());
            binary.reset();
            received(packet);
        }
        from.request(1);
        return null;
    }

    private void refuse() {
        end(new CloseReason(CloseReason.PROTOCOL_ERROR, "the server sent a message of the wrong kind or size"));
    }

    private void received(ByteBuffer packet) {
        try {
            var frames = codec.decodeServer(packet);
            synchronized (turn) {
                if (!ended) {
                    listener.received(frames);
                }
            }
        } catch (MalformedPacketException e) {
            end(e.closeReason());
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(new CloseReason(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        end(new CloseReason(
                WebSocketConnector.ABNORMAL,
                "the connection failed: " + failure.getClass().getSimpleName()));
    }

    @Override
    public void write(List<ClientFrame> packet) {
        writer.write(packet);
    }

    @Override
    public void close() {
        writer.close();
        CompletableFuture.delayedExecutor(CLOSE_SECONDS, TimeUnit.SECONDS)
                .execute(
                        () -> end(new CloseReason(WebSocketConnector.ABNORMAL, "the server did not answer the close")));
    }

    /** The end, for whatever reason; what is still open of the connection is dropped. */
    void end(CloseReason reason) {
        synchronized (turn) {
            if (ended) {
                return;
            }
            ended = true;
            listener.closed(reason);
        }
        writer.end();
        WebSocket open = socket;
        if (open != null && !open.isInputClosed()) {
            open.abort();
        }
    }
}
