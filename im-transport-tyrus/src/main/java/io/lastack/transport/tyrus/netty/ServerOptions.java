package io.lastack.transport.tyrus.netty;

import io.netty.handler.ssl.SslContext;
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
 * @param tls the certificate and key for TLS, or null for plain TCP
 */
public record ServerOptions(
        String host,
        int port,
        int ioThreads,
        ServerLimits limits,
        ServerTimeouts timeouts,
        OriginRule origins,
        @Nullable SslContext tls) {

    public ServerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not one of 0 to 65535");
        }
        if (ioThreads < 1) {
            throw new IllegalArgumentException("ioThreads is " + ioThreads + "; it must be 1 or more");
        }
        if (tls != null && !tls.isServer()) {
            throw new IllegalArgumentException("the TLS context is a client's; a server's is needed");
        }
    }
}
