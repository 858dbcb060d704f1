package io.lastack.transport.tyrus.netty;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.glassfish.tyrus.core.RequestContext;

/** Tells the engine of a request. */
final class EngineRequest {

    /** Headers by which a client could steer the engine: extensions, its tracing and its cluster. */
    private static final Set<String> WITHHELD = Set.of(
            "sec-websocket-extensions",
            "tyrus-cluster-connection-id",
            "x-tyrus-tracing-accept",
            "x-tyrus-tracing-threshold");

    private EngineRequest() {}

    static RequestContext of(HttpRequestView request, Channel channel, SessionProperties properties) {
        var local = (InetSocketAddress) channel.localAddress();
        var parameters = new HashMap<String, String[]>();
        request.query().forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
        var context = RequestContext.Builder.create()
                .requestURI(URI.create(request.path()))
                .queryString(request.rawQuery().isEmpty() ? null : request.rawQuery())
                .parameterMap(parameters)
                .httpSession(properties)
                .secure(request.caller().secure())
                .remoteAddr(request.caller().address().getAddress().getHostAddress())
                .serverAddr(local.getAddress().getHostAddress())
                .serverPort(local.getPort())
                .build();
        request.headers().forEach((name, values) -> {
            if (!WITHHELD.contains(name.toLowerCase(Locale.ROOT))) {
                context.getHeaders().put(name, values);
            }
        });
        // The engine wants exactly these forms, of what may be written in several ways.
        context.getHeaders().put("Upgrade", List.of("websocket"));
        context.getHeaders().put("Connection", List.of("Upgrade"));
        context.getHeaders().computeIfPresent("Sec-WebSocket-Protocol", (name, lines) -> HeaderList.tokens(lines));
        return context;
    }
}
