package io.lastack.transport.tyrus.netty;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to upgrade, as far as it has passed the checks that need no knowledge of users.
 *
 * @param path the path, without the query
 * @param query the query parameters, decoded
 * @param headers the headers by name; looking one up ignores case
 * @param subprotocols those offered, in the client's order: by {@code Sec-WebSocket-Protocol}, or for a stream by the query
 *     parameter {@code protocol}
 * @param client the address of the client; behind a listed proxy the one that the proxy tells, with port 0
 * @param secure whether the client speaks TLS, to this server or to a listed proxy
 */
public record Opening(
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        List<String> subprotocols,
        InetSocketAddress client,
        boolean secure) {

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of a query parameter. */
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Without headers and query: they may hold a token. */
    @Override
    public String toString() {
        return path + " from " + client;
    }
}
