package io.lastack.transport.tyrus.netty;

import java.time.Duration;

/**
 * How long a server waits.
 *
 * @param accept from the opening of a connection, or the last HTTP answer on it, to a complete request and, for an
 *     upgrade, to its outcome; then the connection is closed
 * @param close from our close frame, or the answer to a refused request, to the end of the connection by the peer; then
 *     the connection is reset
 * @param drain from the begin of an orderly stop to its end; then connections still open are reset
 */
public record ServerTimeouts(Duration accept, Duration close, Duration drain) {

    /** 10 s to say what it wants, 3 s to close, 10 s to drain. */
    public static final ServerTimeouts DEFAULT =
            new ServerTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(10));

    public ServerTimeouts {
        positive(accept, "accept");
        positive(close, "close");
        positive(drain, "drain");
    }

    private static void positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be longer than zero");
        }
    }
}
