package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import io.lastack.spi.EngineOptions;
import io.lastack.transport.tyrus.http.HttpRoutes;
import io.lastack.transport.tyrus.netty.NettyServer;
import io.lastack.transport.tyrus.netty.OriginRule;
import io.lastack.transport.tyrus.netty.ServerLimits;
import io.lastack.transport.tyrus.netty.ServerOptions;
import io.lastack.transport.tyrus.netty.ServerTimeouts;
import io.lastack.transport.tyrus.netty.StreamPath;
import io.lastack.transport.tyrus.netty.TlsContext;
import io.lastack.transport.tyrus.netty.TrustedProxies;
import io.lastack.transport.tyrus.netty.UpgradePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link TyrusServer}. Not safe for use by several threads. */
public final class TyrusServerBuilder {

    private final ImEngine engine;
    private String host = "0.0.0.0";
    private int port = 8080;
    private String path = ImEndpoint.DEFAULT_PATH;
    private HttpRoutes routes = HttpRoutes.none();
    private OriginRule origins = OriginRule.sameHost();
    private int ioThreads = Runtime.getRuntime().availableProcessors();
    private int maxConnections = ServerLimits.DEFAULT.connections();
    private int maxConnectionsPerAddress = ServerLimits.DEFAULT.connectionsPerAddress();
    private int maxHttpBody = ServerLimits.DEFAULT.httpBodyBytes();
    private Duration acceptTimeout = ServerTimeouts.DEFAULT.accept();
    private Duration closeTimeout = ServerTimeouts.DEFAULT.close();
    private Duration drainTimeout = ServerTimeouts.DEFAULT.drain();
    private boolean eventStream = true;
    private int maxIdleFrames = ServerLimits.DEFAULT.idleFramesPerSecond();
    private TrustedProxies proxies = TrustedProxies.none();
    private @Nullable TlsContext tls;
    private Duration tlsCheckInterval = Duration.ofSeconds(30);
    private Duration hsts = Duration.ofSeconds(ServerOptions.DEFAULT_HSTS_SECONDS);

    TyrusServerBuilder(ImEngine engine) {
        this.engine = engine;
    }

    /** The local address or host name to listen on; all addresses by default. */
    public TyrusServerBuilder host(String newHost) {
        host = newHost;
        return this;
    }

    /** The port to listen on, 8080 by default; 0 for any free one. */
    public TyrusServerBuilder port(int newPort) {
        port = newPort;
        return this;
    }

    /** Where the WebSocket is; {@value ImEndpoint#DEFAULT_PATH} by default. */
    public TyrusServerBuilder path(String newPath) {
        path = newPath;
        return this;
    }

    /**
     * Whether clients on networks that block WebSocket may connect by server-sent events, at {@code /sse} below
     * {@link #path}; they may by default.
     */
    public TyrusServerBuilder eventStream(boolean offered) {
        eventStream = offered;
        return this;
    }

    /** What plain HTTP requests get; nothing by default. */
    public TyrusServerBuilder routes(HttpRoutes newRoutes) {
        routes = newRoutes;
        return this;
    }

    /**
     * Lets pages of these origins connect besides those that came from the host of the server itself.
     *
     * @param allowed such as {@code https://chat.example.com}
     */
    public TyrusServerBuilder origins(Set<String> allowed) {
        origins = OriginRule.of(allowed);
        return this;
    }

    /**
     * Lets any page connect. No harm where pages authenticate with tokens that other pages do not know; not to be used
     * where an {@code Authenticator} goes by anything that a browser sends by itself.
     */
    public TyrusServerBuilder anyOrigin() {
        origins = OriginRule.any();
        return this;
    }

    /** Threads that read and write; as many as there are processors by default. */
    public TyrusServerBuilder ioThreads(int count) {
        ioThreads = count;
        return this;
    }

    /** TCP connections open at a time, 100,000 by default; more are answered with 503. */
    public TyrusServerBuilder maxConnections(int count) {
        maxConnections = count;
        return this;
    }

    /** TCP connections open at a time from one client address, without limit by default; more are answered with 429. */
    public TyrusServerBuilder maxConnectionsPerAddress(int count) {
        maxConnectionsPerAddress = count;
        return this;
    }

    /** Bytes in the body of a plain HTTP request, 65,536 by default; more is answered with 413. */
    public TyrusServerBuilder maxHttpBody(int bytes) {
        maxHttpBody = bytes;
        return this;
    }

    /** How long a client may take to its first request and through its handshake, 10 s by default; then it is closed. */
    public TyrusServerBuilder acceptTimeout(Duration timeout) {
        acceptTimeout = timeout;
        return this;
    }

    /** How long a client may take to answer a close, 3 s by default; then it is reset. */
    public TyrusServerBuilder closeTimeout(Duration timeout) {
        closeTimeout = timeout;
        return this;
    }

    /** How long {@link TyrusServer#close} waits for the clients, 10 s by default. */
    public TyrusServerBuilder drainTimeout(Duration timeout) {
        drainTimeout = timeout;
        return this;
    }

    /**
     * Frames that carry nothing (pings, pongs, closes, empty messages and fragments) from one connection within a second,
     * 100 by default; more is closed with 4429.
     */
    public TyrusServerBuilder maxIdleFramesPerSecond(int count) {
        maxIdleFrames = count;
        return this;
    }

    /**
     * Believes these proxies, and nobody else, what they say of their clients in {@code X-Forwarded-For} and
     * {@code X-Forwarded-Proto}. The client's address then counts for limits, logs and {@code Connection.remoteAddress()};
     * it is the rightmost one that is not one of these.
     *
     * @param ranges addresses such as {@code 192.0.2.7} or {@code ::1}, or ranges such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if one of them is neither
     */
    public TyrusServerBuilder trustedProxies(Set<String> ranges) {
        proxies = TrustedProxies.of(ranges);
        return this;
    }

    /**
     * Speaks TLS 1.2 and 1.3. The files are looked at every {@link #tlsCheckInterval}, and read again when they change.
     *
     * @param certificates the certificate chain in PEM
     * @param key its private key in PEM (PKCS#8), without a password
     * @throws IllegalArgumentException if they cannot be read, or do not belong together
     */
    public TyrusServerBuilder tls(Path certificates, Path key) {
        tls = TlsContext.ofPem(certificates, key);
        return this;
    }

    /**
     * Speaks TLS 1.2 and 1.3 with a key store (PKCS#12 or JKS), which is read again when it changes.
     *
     * @param password of the store, and of its keys
     * @throws IllegalArgumentException if it cannot be read, or holds no key with its certificate
     */
    public TyrusServerBuilder tls(Path keyStore, char[] password) {
        tls = TlsContext.ofKeyStore(keyStore, password);
        return this;
    }

    /** Speaks TLS 1.2 and 1.3 with keys from anywhere, which are not read again. */
    public TyrusServerBuilder tls(KeyManagerFactory keys) {
        tls = TlsContext.of(keys);
        return this;
    }

    /** How often the files of the certificate are looked at for changes, 30 s by default. */
    public TyrusServerBuilder tlsCheckInterval(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("tlsCheckInterval is " + interval + "; it must be longer than zero");
        }
        tlsCheckInterval = interval;
        return this;
    }

    /**
     * For how long browsers are told with each HTTP answer over TLS, by {@code Strict-Transport-Security}, to come with TLS
     * only; a year by default, zero for not telling them.
     */
    public TyrusServerBuilder hsts(Duration time) {
        hsts = time;
        return this;
    }

    /**
     * Starts to listen.
     *
     * @throws UncheckedIOException if the port cannot be bound
     * @throws IllegalArgumentException if one of the settings is out of range; the message names it
     */
    public TyrusServer start() {
        var options = new ServerOptions(
                host,
                port,
                ioThreads,
                limits(),
                new ServerTimeouts(acceptTimeout, closeTimeout, drainTimeout),
                origins,
                proxies,
                tls,
                hsts.toSeconds());
        var gate = new ImGate(engine);
        var endpoint = new UpgradePath(ImEndpoint.of(engine, path), gate);
        var streams = eventStream
                ? List.of(new StreamPath(path + ImEndpoint.STREAM_SUFFIX, gate, new ImStreamEndpoint(engine)))
                : List.<StreamPath>of();
        try {
            NettyServer server = NettyServer.start(options, routes, List.of(endpoint), streams);
            TlsWatch watch = tls == null ? null : new TlsWatch(tls, engine.runtime(), tlsCheckInterval);
            if (watch != null) {
                watch.start();
            }
            return new TyrusServer(server, tls, watch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The engine bounds what waits for a connection, and writes one packet at a time: here is room for any such packet. */
    private ServerLimits limits() {
        EngineOptions engineOptions = engine.options();
        int packet = engineOptions.maxPacketBytes();
        int queued = Math.toIntExact(
                Math.min(Integer.MAX_VALUE, 2L * (engineOptions.windowBytes() + (long) engineOptions.outboundBytes())));
        return new ServerLimits(
                packet, packet, queued, maxHttpBody, maxConnections, maxConnectionsPerAddress, maxIdleFrames);
    }
}
