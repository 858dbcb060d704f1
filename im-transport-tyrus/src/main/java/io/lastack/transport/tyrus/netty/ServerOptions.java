package io.lastack.transport.tyrus.netty;

import org.jspecify.annotations.Nullable;

/**
 * Where and how a server listens.
 *
 * @param host the local address or host name to bind; {@code 0.0.0.0} for all
 * @param port the port, or 0 for any free one
 * @param ioThreads threads that read and write, 1 or more
 * @param limits what is accepted at most
 * @param timeouts how long is waited
 * @param origins which web pages may open a WebSocket
 * @param proxies whose word on the address of a client is believed
 * @param tls the certificate and key for TLS, or null for plain TCP
 * @param hstsSeconds for how long browsers are to remember, with each HTTP answer over TLS, to use nothing else; 0 to say
 *     nothing of it
 */
public record ServerOptions(
        String host,
        int port,
        int ioThreads,
        ServerLimits limits,
        ServerTimeouts timeouts,
        OriginRule origins,
        TrustedProxies proxies,
        @Nullable TlsContext tls,
        long hstsSeconds) {

    /** A year. */
    public static final long DEFAULT_HSTS_SECONDS = 31_536_000;

    public ServerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not one of 0 to 65535");
        }
        if (ioThreads < 1) {
            throw new IllegalArgumentException("ioThreads is " + ioThreads + "; it must be 1 or more");
        }
        if (hstsSeconds < 0) {
            throw new IllegalArgumentException("hstsSeconds is " + hstsSeconds + "; it must not be negative");
        }
    }
}
