package io.lastack.transport.tyrus.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer: status, headers and body. The length of the body and the fate of the connection are the server's to say, so
 * {@code Content-Length}, {@code Connection} and {@code Transfer-Encoding} cannot be set here.
 *
 * @param status 200 to 599
 * @param headers headers to send, in order
 * @param body the body; not copied, so to be left unchanged
 * @param stream writes the body in the place of {@code body}, which is empty then; null for none
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpReply(
        int status,
        Map<String, String> headers,
        byte[] body,
        @Nullable HttpBody stream) {

    public HttpReply {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is not one of 200 to 599");
        }
        for (String name : headers.keySet()) {
            if (name.equalsIgnoreCase("Content-Length")
                    || name.equalsIgnoreCase("Connection")
                    || name.equalsIgnoreCase("Transfer-Encoding")) {
                throw new IllegalArgumentException("the header " + name + " is set by the server");
            }
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public HttpReply(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, null);
    }

    /** Plain text in UTF-8. */
    public static HttpReply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON, already written as a string. */
    public static HttpReply json(int status, String json) {
        return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Any body with its content type. */
    public static HttpReply of(int status, String contentType, byte[] body) {
        return new HttpReply(status, Map.of("Content-Type", contentType), body);
    }

    /** A body that is written while it is sent. */
    public static HttpReply stream(int status, String contentType, HttpBody stream) {
        return new HttpReply(status, Map.of("Content-Type", contentType), new byte[0], stream);
    }

    /** The same answer with one header more, or another value for it. */
    public HttpReply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpReply(status, more, body, stream);
    }
}
