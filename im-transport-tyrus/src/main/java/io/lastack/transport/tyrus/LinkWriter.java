package io.lastack.transport.tyrus;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.EncodedFrame;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The packets of a client on their way out, in order, one at a time as the JDK's WebSocket wants it. Thread-safe. */
final class LinkWriter {

    private static final int MAX_WAITING_BYTES = 16 << 20;

    private final WireCodec codec;
    private final Consumer<CloseReason> onFailure;

    /* Guarded by this. */
    private final Deque<byte[]> waiting = new ArrayDeque<>(2);
    private @Nullable WebSocket socket;
    private long waitingBytes;
    private boolean sending;
    private boolean closing;
    private boolean ended;

    /** @param onFailure told without locks */
    LinkWriter(WireCodec codec, Consumer<CloseReason> onFailure) {
        this.codec = codec;
        this.onFailure = onFailure;
    }

    synchronized void open(WebSocket opened) {
        socket = opened;
    }

    /** Sends the frames as one packet, or as several if a packet may not hold so many. */
    void write(List<ClientFrame> frames) {
        for (int from = 0; from < frames.size(); from += WireCodec.MAX_CLIENT_FRAMES) {
            int to = Math.min(frames.size(), from + WireCodec.MAX_CLIENT_FRAMES);
            List<EncodedFrame> encoded =
                    frames.subList(from, to).stream().map(codec::encode).toList();
            add(codec.packet(encoded));
        }
        pump();
    }

    private void add(byte[] packet) {
        synchronized (this) {
            if (ended || closing) {
                return;
            }
            waiting.add(packet);
            waitingBytes += packet.length;
            if (waitingBytes <= MAX_WAITING_BYTES) {
                return;
            }
        }
        onFailure.accept(new CloseReason(WebSocketConnector.ABNORMAL, "the server takes nothing any more"));
    }

    /** Sends what waits, then the close frame. */
    void close() {
        synchronized (this) {
            closing = true;
        }
        pump();
    }

    /** Drops what waits. */
    synchronized void end() {
        ended = true;
        waiting.clear();
    }

    /** Sends until a send does not end at once; its end then goes on. */
    private void pump() {
        for (CompletableFuture<WebSocket> sent = next(); sent != null; sent = next()) {
            if (!sent.isDone()) {
                var unused = sent.whenComplete((open, failure) -> {
                    settle(failure);
                    pump();
                });
                return;
            }
            settle(sent.isCompletedExceptionally() ? new IllegalStateException() : null);
        }
    }

    private synchronized @Nullable CompletableFuture<WebSocket> next() {
        WebSocket open = socket;
        if (open == null || sending || ended) {
            return null;
        }
        byte[] packet = waiting.poll();
        if (packet == null && !closing) {
            return null;
        }
        sending = true;
        if (packet == null) {
            ended = true;
            return open.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
        waitingBytes -= packet.length;
        return codec.isBinary()
                ? open.sendBinary(ByteBuffer.wrap(packet), true)
                : open.sendText(new String(packet, StandardCharsets.UTF_8), true);
    }

    private void settle(@Nullable Throwable failure) {
        synchronized (this) {
            sending = false;
        }
        if (failure != null) {
            onFailure.accept(new CloseReason(WebSocketConnector.ABNORMAL, "a packet could not be sent"));
        }
    }
}
