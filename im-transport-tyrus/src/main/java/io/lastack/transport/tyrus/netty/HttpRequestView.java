package io.lastack.transport.tyrus.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request taken out of Netty's hands, apart from its body. */
final class HttpRequestView {

    private static final int MAX_PARAMETERS = 64;

    private final String method;
    private final String path;
    private final String rawQuery;
    private final Map<String, List<String>> query;
    private final Map<String, List<String>> headers;
    private final boolean http11;
    private final boolean body;
    private final Caller caller;

    private HttpRequestView(FullHttpRequest request, URI target, Channel channel, TrustedProxies proxies) {
        this.method = request.method().name();
        this.path = target.getRawPath();
        this.rawQuery = target.getRawQuery() == null ? "" : target.getRawQuery();
        this.query = new QueryStringDecoder(rawQuery, StandardCharsets.UTF_8, false, MAX_PARAMETERS).parameters();
        this.headers = headers(request);
        this.http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        this.body = request.content().isReadable();
        this.caller = proxies.caller(
                (InetSocketAddress) channel.remoteAddress(),
                channel.pipeline().get(SslHandler.class) != null,
                all("X-Forwarded-For"),
                all("X-Forwarded-Proto"));
    }

    /** The view of a request, or nothing if its target is no valid path and query. */
    static Optional<HttpRequestView> of(FullHttpRequest request, Channel channel, TrustedProxies proxies) {
        try {
            var target = new URI(request.uri());
            if (target.isOpaque() || !target.getRawPath().startsWith("/")) {
                return Optional.empty();
            }
            return Optional.of(new HttpRequestView(request, target, channel, proxies));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, List<String>> headers(FullHttpRequest request) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        request.headers()
                .forEach(header -> headers.computeIfAbsent(header.getKey(), any -> new ArrayList<>(1))
                        .add(header.getValue()));
        return Collections.unmodifiableMap(headers);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** The query as sent, empty if there was none. */
    String rawQuery() {
        return rawQuery;
    }

    Map<String, List<String>> query() {
        return query;
    }

    /** All headers; looking one up ignores case. */
    Map<String, List<String>> headers() {
        return headers;
    }

    /** All lines of a header. */
    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** The first line of a header. */
    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The request as a gate sees it. */
    Opening opening(List<String> subprotocols) {
        return new Opening(path, query, headers, subprotocols, caller.address(), caller.secure());
    }

    boolean isHttp11() {
        return http11;
    }

    /** Who makes the request. */
    Caller caller() {
        return caller;
    }

    boolean hasBody() {
        return body;
    }
}
