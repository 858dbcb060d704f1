package io.lastack.transport.tyrus.http;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request, complete with its body.
 *
 * @param method the method, such as {@code GET}; a {@code HEAD} request arrives as {@code GET}
 * @param path the path as sent, without the query
 * @param query the query parameters, decoded, in the order sent
 * @param headers the headers by name; looking one up ignores case
 * @param body the body, empty if there was none; not copied, so to be left unchanged
 * @param client the address of the client; behind a listed proxy the one that the proxy tells, with port 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpCall(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        byte[] body,
        InetSocketAddress client) {

    /** The first value of a header, ignoring the case of its name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of a query parameter. */
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Without headers and body: they may hold a token or a password. */
    @Override
    public String toString() {
        return method + " " + path + " from " + client;
    }
}
