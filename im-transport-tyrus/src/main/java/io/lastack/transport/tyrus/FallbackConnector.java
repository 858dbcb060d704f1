package io.lastack.transport.tyrus;

import io.lastack.client.Connector;
import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Connects over WebSocket where it gets through, and by server-sent events where it does not. While the latter serves, it is
 * tried every now and then whether WebSocket works again; when it does, the link is closed with 1001, so that the client
 * comes back over WebSocket. Safe for use by several threads, and by any number of clients.
 *
 * <p>An attempt that was refused with 401, 429 or 503 is not made again the other way; with 403 it is, which proxies say
 * as well as servers.
 */
public final class FallbackConnector implements Connector {

    private static final Duration DEFAULT_RETURN = Duration.ofMinutes(2);

    private final Connector webSocket;
    private final Connector events;
    private final Duration returnAfter;

    /** Whether the last attempt over WebSocket got through. */
    private volatile boolean blocked;

    private FallbackConnector(Connector webSocket, Connector events, Duration returnAfter) {
        if (returnAfter.isNegative() || returnAfter.isZero()) {
            throw new IllegalArgumentException("returnAfter is " + returnAfter + "; it must be longer than zero");
        }
        this.webSocket = webSocket;
        this.events = events;
        this.returnAfter = returnAfter;
    }

    /**
     * A connector to a {@link TyrusServer}, with threads of its own: protobuf over WebSocket, JSON in events.
     *
     * @param server such as {@code wss://chat.example.com/im}
     */
    public static FallbackConnector to(URI server) {
        return to(server, HttpClient.newHttpClient());
    }

    /** Likewise, with threads, trusted certificates and proxy of {@code http}. */
    public static FallbackConnector to(URI server, HttpClient http) {
        WebSocketConnector webSocket = WebSocketConnector.to(server, WireCodec.PROTO, http);
        String address = server.toString().replaceFirst("(?i)^ws", "http") + ImEndpoint.STREAM_SUFFIX;
        return of(webSocket, SseConnector.to(URI.create(address), WireCodec.JSON, http), DEFAULT_RETURN);
    }

    /**
     * The same choice between any two ways.
     *
     * @param returnAfter how long the second way serves before the first is tried again, and between such trials
     */
    public static FallbackConnector of(Connector first, Connector second, Duration returnAfter) {
        return new FallbackConnector(first, second, returnAfter);
    }

    @Override
    public void connect(Listener listener) {
        if (blocked) {
            connectByEvents(listener);
        } else {
            webSocket.connect(new First(listener));
        }
    }

    private void connectByEvents(Listener listener) {
        Second second = new Second(listener);
        events.connect(second);
    }

    /** What says that the network, and not the server, stood in the way. */
    private static boolean isBlocked(CloseReason reason) {
        return reason.code() == WebSocketConnector.ABNORMAL || reason.code() == CloseReason.PROTOCOL_ERROR;
    }

    /** Over WebSocket; goes over to events if it does not open, or was no use before it broke. */
    private final class First implements Listener {

        private final Listener listener;
        private boolean open;
        private boolean useful;

        First(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void opened(Link link) {
            open = true;
            listener.opened(link);
        }

        @Override
        public void received(List<ServerFrame> frames) {
            useful = true;
            listener.received(frames);
        }

        @Override
        public void closed(CloseReason reason) {
            if (open) {
                blocked = !useful && reason.code() == WebSocketConnector.ABNORMAL;
                listener.closed(reason);
            } else if (isBlocked(reason) || reason.code() == CloseReason.POLICY) {
                connectByEvents(listener);
            } else {
                listener.closed(reason);
            }
        }
    }

    /** By events, which shows that the server is there; so WebSocket is what does not get through. */
    private final class Second implements Listener {

        private final Listener listener;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicBoolean returning = new AtomicBoolean();

        Second(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void opened(Link link) {
            blocked = true;
            listener.opened(link);
            tryAgainLater(link);
        }

        @Override
        public void received(List<ServerFrame> frames) {
            listener.received(frames);
        }

        @Override
        public void closed(CloseReason reason) {
            over.set(true);
            if (isBlocked(reason)) {
                blocked = false;
            }
            listener.closed(
                    returning.get() ? new CloseReason(CloseReason.GOING_AWAY, "WebSocket works again") : reason);
        }

        private void tryAgainLater(Link link) {
            CompletableFuture.delayedExecutor(returnAfter.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(() -> {
                        if (!over.get()) {
                            webSocket.connect(new Trial(this, link));
                        }
                    });
        }

        void works(Link link) {
            blocked = false;
            returning.set(true);
            link.close();
        }
    }

    /** Connects over WebSocket only to see whether that works, and a frame gets through both ways. */
    private static final class Trial implements Listener {

        private final Second serving;
        private final Link link;
        private @Nullable Link trial;
        private boolean done;

        Trial(Second serving, Link link) {
            this.serving = serving;
            this.link = link;
        }

        @Override
        public void opened(Link opened) {
            trial = opened;
            opened.write(List.of(new ClientFrame.Ping(1)));
        }

        @Override
        public void received(List<ServerFrame> frames) {
            succeed();
        }

        /** A server that closes with a code of its own has been reached, whatever it thinks of a ping before hello. */
        @Override
        public void closed(CloseReason reason) {
            if (trial != null && !isBlocked(reason)) {
                succeed();
            } else if (!done) {
                done = true;
                serving.tryAgainLater(link);
            }
        }

        private void succeed() {
            if (!done) {
                done = true;
                if (trial != null) {
                    trial.close();
                }
                serving.works(link);
            }
        }
    }
}
