package io.lastack.transport.tyrus;

import io.lastack.client.Connector;
import io.lastack.proto.WireCodec;
import io.lastack.session.CloseReason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Connects a {@link io.lastack.client.ImClient} to a {@link TyrusServer} without WebSocket: what the server says comes as
 * server-sent events, what the client says goes out in requests. For networks that let nothing else through; otherwise
 * {@link FallbackConnector} chooses. Safe for use by several threads, and by any number of clients.
 *
 * <p>Ends are told as those of {@link WebSocketConnector} are.
 */
public final class SseConnector implements Connector {

    private static final int MAX_EVENT_BYTES = 24 << 20;
    private static final long OPEN_SECONDS = 10;

    private final HttpClient http;
    private final URI server;
    private final WireCodec codec;

    private SseConnector(HttpClient http, URI server, WireCodec codec) {
        String scheme = String.valueOf(server.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https"))
                || server.getHost() == null
                || server.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "\"" + server + "\" is not allowed; an address like https://chat.example.com/im/sse is");
        }
        this.http = http;
        this.server = server;
        this.codec = codec;
    }

    /**
     * A connector that speaks JSON, with threads of its own. (Events are text: JSON goes as it is, protobuf in base64.)
     *
     * @param server such as {@code https://chat.example.com/im/sse}
     */
    public static SseConnector to(URI server) {
        return to(server, WireCodec.JSON, HttpClient.newHttpClient());
    }

    /**
     * A connector.
     *
     * @param http brings threads, trusted certificates and proxy; many connectors of a process should share one
     */
    public static SseConnector to(URI server, WireCodec codec, HttpClient http) {
        return new SseConnector(http, server, codec);
    }

    @Override
    public void connect(Listener listener) {
        SseLink link = new SseLink(codec, listener);
        EventReader reader = new EventReader(MAX_EVENT_BYTES, link);
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "?protocol=" + codec.subprotocol()))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Accept", "text/event-stream")
                .build();
        link.begin(new PacketPoster(http, server, codec, link::refused), reader::cancel);
        CompletableFuture.delayedExecutor(OPEN_SECONDS, TimeUnit.SECONDS).execute(link::giveUpUnlessOpened);
        var unused = http.sendAsync(
                        request,
                        info -> info.statusCode() == 200 ? reader : HttpResponse.BodySubscribers.replacing(null))
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        link.end(new CloseReason(
                                WebSocketConnector.ABNORMAL,
                                "cannot connect: " + failure.getClass().getSimpleName()));
                    } else if (answer.statusCode() != 200) {
                        link.end(Refusals.ofStatus(answer.statusCode()));
                    }
                });
    }
}
