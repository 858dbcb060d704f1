package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.netty.Admission.Refused;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests at the paths of streams: {@code GET} opens one, after the checks that a WebSocket goes through,
 * {@code POST} and {@code DELETE} speak of one that is open.
 */
final class StreamFront {

    private static final Logger LOG = LoggerFactory.getLogger(StreamFront.class);

    /** The connection that a request came on; on its I/O thread, unless it has ended. */
    interface Caller {

        /** Answers, and waits for the next request if the client wants that. */
        void answer(HttpReply reply);

        /** Gives the last answer of the connection. */
        void end(HttpReply reply);

        /** Acts on an answer that came on any thread, unless the client is gone. */
        void whileOpen(Runnable action);

        /** Counts who comes through a proxy; false if there are too many of them. */
        boolean isWelcome();

        boolean isDraining();
    }

    private final EventStreams streams;
    private final HandshakeCheck check;

    StreamFront(EventStreams streams, ServerOptions options) {
        this.streams = streams;
        this.check = new HandshakeCheck(options.origins());
    }

    EventStreams streams() {
        return streams;
    }

    boolean serves(HttpRequestView request) {
        return streams.at(request.path()).isPresent();
    }

    void serve(ChannelHandlerContext ctx, HttpRequestView request, byte[] body, Caller caller) {
        Optional<Refused> refusal = check.pageRefusal(request);
        if (refusal.isPresent()) {
            caller.end(Answer.of(refusal.get()));
            return;
        }
        switch (request.method()) {
            case "GET" -> connect(ctx, request, caller);
            case "POST" -> streams.post(request, body, reply -> caller.whileOpen(() -> settle(request, reply, caller)));
            case "DELETE" -> streams.delete(request, reply -> settle(request, reply, caller));
            case "OPTIONS" -> settle(request, CrossOrigin.preflight(), caller);
            default ->
                caller.end(HttpReply.text(405, "the method is not known here\n")
                        .with("Allow", "DELETE, GET, OPTIONS, POST"));
        }
    }

    /** Who asks for what is not there does not get to ask again on this connection. */
    private static void settle(HttpRequestView request, HttpReply reply, Caller caller) {
        HttpReply readable = CrossOrigin.apply(request, reply);
        if (reply.status() < 300) {
            caller.answer(readable);
        } else {
            caller.end(readable);
        }
    }

    private void connect(ChannelHandlerContext ctx, HttpRequestView request, Caller caller) {
        if (!caller.isWelcome()) {
            ConnectionCount.Verdict.ADDRESS_FULL.refusal().ifPresent(refused -> refuse(request, refused, caller));
            return;
        }
        StreamPath path = streams.at(request.path()).orElseThrow();
        List<String> subprotocols = HeaderList.tokens(request.query().getOrDefault("protocol", List.of()));
        Upgrader.ask(
                path.gate(),
                request.opening(subprotocols),
                admission -> caller.whileOpen(() -> {
                    if (admission instanceof Refused refused) {
                        refuse(request, refused, caller);
                    } else if (caller.isDraining()) {
                        refuse(request, HttpFrontParts.GOING_AWAY, caller);
                    } else {
                        streams.open(ctx, request, path, subprotocols);
                    }
                }));
    }

    private static void refuse(HttpRequestView request, Refused refused, Caller caller) {
        LOG.debug("{} was refused with {}: {}", request.caller().address(), refused.status(), refused.reason());
        caller.end(CrossOrigin.apply(request, Answer.of(refused)));
    }
}
