package io.lastack.transport.tyrus;

import io.lastack.client.Connector;
import io.lastack.proto.MalformedPacketException;
import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One stream of a client. Tells the listener of its end once, whoever brings it about. */
final class SseLink implements EventReader.Listener, Connector.Link {

    private static final long CLOSE_SECONDS = 3;

    /** How long an answer of the server to its close may take to overtake the end of the stream. */
    private static final long LAST_WORD_MILLIS = 500;

    private final WireCodec codec;

    /** Calls to the listener are made holding this, so by one thread at a time. */
    private final Object turn = new Object();

    private final Connector.Listener listener;
    private final CompletableFuture<PacketPoster> poster = new CompletableFuture<>();
    private boolean opened;
    private boolean ended;
    private volatile @Nullable Runnable abort;

    SseLink(WireCodec codec, Connector.Listener listener) {
        this.codec = codec;
        this.listener = listener;
    }

    /** How to send, and how to drop what comes; before the stream begins. */
    void begin(PacketPoster outgoing, Runnable toAbort) {
        abort = toAbort;
        poster.complete(outgoing);
    }

    @Override
    public void event(String type, String data) {
        switch (type) {
            case "open" -> opened(data);
            case "message" -> message(data);
            case "ping" -> poster.join().pong();
            case "close" -> end(closeReason(data));
            default -> {} // A newer server may say more.
        }
    }

    private void opened(String id) {
        poster.join().open(id);
        synchronized (turn) {
            if (!ended && !opened) {
                opened = true;
                listener.opened(this);
            }
        }
    }

    private void message(String data) {
        try {
            byte[] packet = codec.isBinary() ? Base64.getDecoder().decode(data) : data.getBytes(StandardCharsets.UTF_8);
            var frames = codec.decodeServer(ByteBuffer.wrap(packet));
            synchronized (turn) {
                if (!ended && opened) {
                    listener.received(frames);
                }
            }
        } catch (MalformedPacketException e) {
            end(e.closeReason());
        } catch (IllegalArgumentException e) {
            end(new CloseReason(CloseReason.PROTOCOL_ERROR, "the server sent what is no packet"));
        }
    }

    private static CloseReason closeReason(String data) {
        int space = data.indexOf(' ');
        try {
            return space < 0
                    ? new CloseReason(Integer.parseInt(data), "")
                    : new CloseReason(Integer.parseInt(data.substring(0, space)), data.substring(space + 1));
        } catch (NumberFormatException e) {
            return new CloseReason(CloseReason.PROTOCOL_ERROR, "the server closed without a code");
        }
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        end(new CloseReason(
                WebSocketConnector.ABNORMAL,
                failure == null
                        ? "the stream ended"
                        : "the stream failed: " + failure.getClass().getSimpleName()));
    }

    /** If it is not open by now, it does not get through. */
    void giveUpUnlessOpened() {
        boolean late;
        synchronized (turn) {
            late = !opened;
        }
        if (late) {
            end(new CloseReason(WebSocketConnector.ABNORMAL, "cannot connect: the stream did not begin in time"));
        }
    }

    /** A request failed; what the server had to say to that may still be on its way in the stream. */
    void refused(CloseReason reason) {
        CompletableFuture.delayedExecutor(LAST_WORD_MILLIS, TimeUnit.MILLISECONDS)
                .execute(() -> end(reason));
    }

    @Override
    public void write(List<ClientFrame> packet) {
        poster.join().write(packet);
    }

    @Override
    public void close() {
        poster.join().close();
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
        poster.join().end();
        Runnable toAbort = abort;
        if (toAbort != null) {
            toAbort.run();
        }
    }
}
