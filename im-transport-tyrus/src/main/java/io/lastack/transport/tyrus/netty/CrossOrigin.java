package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.http.HttpReply;
import java.util.Map;

/**
 * What a browser must be told before a page of another origin, which {@link OriginRule} permits, may read answers and send
 * headers; a WebSocket needs nothing of it.
 */
final class CrossOrigin {

    private static final HttpReply PREFLIGHT = new HttpReply(
            204,
            Map.of(
                    "Access-Control-Allow-Methods",
                    "GET, POST, DELETE",
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, " + EventStreams.ID_HEADER + ", " + EventStreams.PACKET_HEADER,
                    "Access-Control-Max-Age",
                    "600"),
            new byte[0]);

    private CrossOrigin() {}

    /** For the answer to a request of an origin that is permitted. */
    static Map<String, String> headers(HttpRequestView request) {
        return request.first("Origin")
                .map(origin -> Map.of("Access-Control-Allow-Origin", origin, "Vary", "Origin"))
                .orElse(Map.of());
    }

    static HttpReply apply(HttpRequestView request, HttpReply reply) {
        var result = reply;
        for (var header : headers(request).entrySet()) {
            result = result.with(header.getKey(), header.getValue());
        }
        return result;
    }

    /** The answer to a browser that asks whether it may ask. */
    static HttpReply preflight() {
        return PREFLIGHT;
    }
}
