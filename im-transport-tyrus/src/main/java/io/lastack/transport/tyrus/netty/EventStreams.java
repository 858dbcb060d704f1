package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.http.HttpReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The streams that are open, by names that nobody can guess, and what requests may do to them. A request with a name that
 * is not known, and one without the token that the stream belongs to, get the same answer.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A write or close that fails ends the connection, which is told otherwise.
final class EventStreams {

    static final String ID_HEADER = "LastAck-Stream";
    static final String PACKET_HEADER = "LastAck-Packet";

    private static final int ID_BYTES = 32;
    private static final HttpReply DONE = new HttpReply(204, Map.of(), new byte[0]);
    private static final HttpReply UNKNOWN = HttpReply.text(404, "there is no such stream\n");

    private final Map<String, StreamPath> paths;
    private final ConcurrentMap<String, EventStream> open = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ServerOptions options;

    EventStreams(Collection<StreamPath> paths, ServerOptions options) {
        this.paths = paths.stream().collect(Collectors.toUnmodifiableMap(StreamPath::path, Function.identity()));
        this.options = options;
    }

    Optional<StreamPath> at(String path) {
        return Optional.ofNullable(paths.get(path));
    }

    /** The stream that a request speaks of, if the request may. */
    Optional<EventStream> find(Function<String, Optional<String>> header) {
        return header.apply(ID_HEADER)
                .map(open::get)
                .filter(stream -> stream.owner().permits(header.apply("Authorization")));
    }

    /** Begins the answer that is the stream. */
    void open(ChannelHandlerContext ctx, HttpRequestView request, StreamPath path, List<String> subprotocols) {
        var channel = ctx.channel();
        var stream = new EventStream(channel, request.caller().address(), options);
        String id = newId();
        open.put(id, stream);
        channel.closeFuture().addListener(closed -> open.remove(id));
        ctx.write(head(request));
        HttpPipeline.replaceBy(ctx.pipeline(), stream);
        channel.flush();
        stream.open(id, path.endpoint(), request.opening(subprotocols));
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** Ends with the connection, which HTTP/1.0 between proxies understands as well. */
    private DefaultHttpResponse head(HttpRequestView request) {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set("Content-Type", "text/event-stream")
                .set("Cache-Control", "no-store")
                .set("X-Accel-Buffering", "no")
                .set("Connection", "close");
        CrossOrigin.headers(request).forEach((name, value) -> head.headers().set(name, value));
        if (request.caller().secure() && options.hstsSeconds() > 0) {
            head.headers().set("Strict-Transport-Security", "max-age=" + options.hstsSeconds());
        }
        return head;
    }

    /** Takes what a client says: a packet with its number, or nothing, as a sign of life. */
    void post(HttpRequestView request, byte[] body, Consumer<HttpReply> answer) {
        var stream = find(request::first);
        var number = request.first(PACKET_HEADER);
        if (stream.isEmpty()) {
            answer.accept(UNKNOWN);
        } else if (number.isEmpty() && body.length == 0) {
            stream.get().channel().eventLoop().execute(() -> {
                stream.get().activity();
                answer.accept(DONE);
            });
        } else if (number.isEmpty() || !number.get().matches("[1-9][0-9]{0,15}")) {
            answer.accept(HttpReply.text(400, PACKET_HEADER + " must be the packet's number, 1 for the first\n"));
        } else {
            long packet = Long.parseLong(number.get());
            stream.get().channel().eventLoop().execute(() -> {
                switch (stream.get().packet(packet, body)) {
                    case TAKEN -> answer.accept(DONE);
                    case OUT_OF_ORDER -> answer.accept(HttpReply.text(409, "a packet before this one is missing\n"));
                    case GONE -> answer.accept(UNKNOWN);
                }
            });
        }
    }

    /** Closes a stream for its client. */
    void delete(HttpRequestView request, Consumer<HttpReply> answer) {
        var stream = find(request::first);
        stream.ifPresent(found -> found.close(1000, "closed by the client"));
        answer.accept(stream.isPresent() ? DONE : UNKNOWN);
    }
}
