package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import io.lastack.transport.tyrus.netty.NettyServer;
import io.lastack.transport.tyrus.netty.TlsContext;
import org.jspecify.annotations.Nullable;

/**
 * The standalone server of an engine: WebSocket at one path, plain HTTP routes beside it, on one port.
 *
 * <pre>{@code
 * var server = TyrusServer.listen(engine, 8080);
 * }</pre>
 *
 * <p>Who is refused is refused before the upgrade, with a short text, and the connection ends: 400 for a malformed
 * handshake or none but unknown subprotocols, 401 for a bad token in {@code Authorization}, 403 for pages of other origins,
 * 426 for anything but WebSocket version 13, 429 and 503 over the limits. A client without a token in the handshake is let
 * in and must say hello with one.
 *
 * <p>An orderly end of a node: {@code engine.close()}, which tells the clients to go elsewhere and stores what is under
 * way, then {@code server.close()}. The threads of the server keep the process alive until then.
 */
public final class TyrusServer implements AutoCloseable {

    private final NettyServer server;
    private final @Nullable TlsContext tls;
    private final @Nullable TlsWatch watch;

    TyrusServer(NettyServer server, @Nullable TlsContext tls, @Nullable TlsWatch watch) {
        this.server = server;
        this.tls = tls;
        this.watch = watch;
    }

    /**
     * Listens on all addresses with the defaults of {@link #builder}.
     *
     * @param port the port, or 0 for any free one
     * @throws java.io.UncheckedIOException if the port cannot be bound
     */
    public static TyrusServer listen(ImEngine engine, int port) {
        return builder(engine).port(port).start();
    }

    /** Begins to set up a server. */
    public static TyrusServerBuilder builder(ImEngine engine) {
        return new TyrusServerBuilder(engine);
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /**
     * Reads the files of the certificate again, without waiting for {@link TyrusServerBuilder#tlsCheckInterval}; for
     * connections that begin from now on. What cannot be used is logged, and what there was stays in use. Blocks on files.
     *
     * @return whether what the files hold now is in use
     * @throws IllegalStateException if the server does not speak TLS
     */
    public boolean reloadTls() {
        if (tls == null) {
            throw new IllegalStateException("the server does not speak TLS");
        }
        return tls.reload();
    }

    /** TCP connections open at the moment, WebSocket or not. */
    public int connections() {
        return server.connections();
    }

    /**
     * Accepts no more, closes every WebSocket with 1001, waits for the connections to end (see
     * {@link TyrusServerBuilder#drainTimeout}) and resets those that are left. A second call does nothing.
     */
    @Override
    public void close() {
        if (watch != null) {
            watch.stop();
        }
        server.close();
    }
}
