package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.http.HttpRoutes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server with an echo at {@code /echo} for everybody and one at {@code /guarded} behind a gate. */
final class TestServer implements AutoCloseable {

    static final ServerLimits LIMITS = new ServerLimits(4096, 8192, 256 * 1024, 1024, 100, 50, 2000);
    static final ServerTimeouts TIMEOUTS =
            new ServerTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));

    final EchoEndpoint echo = new EchoEndpoint();
    final EchoEndpoint guarded = new EchoEndpoint();
    final NettyServer server;

    TestServer() throws IOException {
        this(LIMITS, TIMEOUTS, HttpRoutes.none(), Gate.open());
    }

    TestServer(ServerLimits limits, ServerTimeouts timeouts) throws IOException {
        this(limits, timeouts, HttpRoutes.none(), Gate.open());
    }

    TestServer(Gate gate) throws IOException {
        this(LIMITS, TIMEOUTS, HttpRoutes.none(), gate);
    }

    TestServer(ServerLimits limits, ServerTimeouts timeouts, HttpRoutes routes, Gate gate) throws IOException {
        this(limits, timeouts, routes, gate, TrustedProxies.none());
    }

    TestServer(ServerLimits limits, ServerTimeouts timeouts, HttpRoutes routes, Gate gate, TrustedProxies proxies)
            throws IOException {
        server = NettyServer.start(
                new ServerOptions("127.0.0.1", 0, 1, limits, timeouts, OriginRule.sameHost(), proxies, null, 60),
                routes,
                List.of(
                        new UpgradePath(echo.config("/echo", "second", "first"), Gate.open()),
                        new UpgradePath(guarded.config("/guarded"), gate)),
                List.of());
    }

    static Gate verdict(Admission admission) {
        return opening -> CompletableFuture.completedFuture(admission);
    }

    RawClient connect() throws IOException {
        return new RawClient(port());
    }

    RawClient upgraded() throws IOException {
        return RawClient.upgraded(port(), "/echo");
    }

    int port() {
        return server.port();
    }

    /** The next element, which must come within ten seconds. */
    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(10, TimeUnit.SECONDS);
        if (element == null) {
            throw new AssertionError("nothing came within 10 s");
        }
        return element;
    }

    @Override
    public void close() {
        server.close();
    }
}
