package io.lastack.transport.tyrus;

import io.lastack.client.Connector;
import io.lastack.proto.WireCodec;
import io.lastack.session.CloseReason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/**
 * Connects a {@link io.lastack.client.ImClient} to a server over WebSocket, with the client that the JDK brings. Safe for
 * use by several threads, and by any number of clients.
 *
 * <p>An attempt that the server refuses ends like a connection that was closed with the code that says the same: 401 with
 * 4401, 403 with 1008, 429 with 4429, 503 with 1001, other answers with 1002; one that does not get that far with 1006.
 */
public final class WebSocketConnector implements Connector {

    static final int ABNORMAL = 1006;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI server;
    private final WireCodec codec;

    private WebSocketConnector(HttpClient http, URI server, WireCodec codec) {
        String scheme = String.valueOf(server.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("ws") || scheme.equals("wss")) || server.getHost() == null) {
            throw new IllegalArgumentException(
                    "\"" + server + "\" is not allowed; an address like wss://chat.example.com/im is");
        }
        this.http = http;
        this.server = server;
        this.codec = codec;
    }

    /**
     * A connector that speaks protobuf, with threads of its own.
     *
     * @param server such as {@code wss://chat.example.com/im}
     */
    public static WebSocketConnector to(URI server) {
        return to(server, WireCodec.PROTO);
    }

    /** A connector with threads of its own. */
    public static WebSocketConnector to(URI server, WireCodec codec) {
        return to(server, codec, HttpClient.newHttpClient());
    }

    /**
     * A connector.
     *
     * @param http brings threads, trusted certificates and proxy; many connectors of a process should share one
     */
    public static WebSocketConnector to(URI server, WireCodec codec, HttpClient http) {
        return new WebSocketConnector(http, server, codec);
    }

    @Override
    public void connect(Listener listener) {
        WebSocketLink link = new WebSocketLink(codec, listener);
        var unused = http.newWebSocketBuilder()
                .subprotocols(codec.subprotocol())
                .connectTimeout(CONNECT_TIMEOUT)
                .buildAsync(server, link)
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        link.end(reason(failure));
                    }
                });
    }

    private static CloseReason reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof WebSocketHandshakeException refused)) {
            return new CloseReason(
                    ABNORMAL, "cannot connect: " + cause.getClass().getSimpleName());
        }
        return Refusals.ofStatus(refused.getResponse().statusCode());
    }
}
