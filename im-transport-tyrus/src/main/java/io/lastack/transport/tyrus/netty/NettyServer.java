package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.http.HttpRoutes;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening server. Its threads are no daemons: a process lives while its server does.
 *
 * <p>Threads: one that accepts, {@link ServerOptions#ioThreads()} that read and write, and up to {@value #ROUTE_THREADS}
 * for HTTP routes while there are calls for them.
 */
public final class NettyServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NettyServer.class);

    private static final int BACKLOG = 1024;

    /** See {@link AcceptPace}. */
    private static final int ACCEPTED_AT_ONCE = 4;

    /**
     * Of a connection, in the operating system. It would let 4 MB gather for each client that does not read, beyond every bound
     * of ours; this much is 2.5 MB a second over a distance of 100 ms.
     */
    private static final int SEND_BUFFER = 256 * 1024;

    private static final int ROUTE_THREADS = 8;
    private static final int ROUTE_QUEUE = 256;

    private final ServerOptions options;
    private final ConnectionCount count;
    private final TyrusEngine engine;
    private final ExecutorService routeThreads = routeThreads();
    private final EventLoopGroup acceptor = threads(1, "im-accept");
    private final EventLoopGroup io;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final HttpFrontParts parts;
    private final Channel listening;
    private volatile boolean draining;

    private NettyServer(
            ServerOptions options, HttpRoutes routes, Collection<UpgradePath> paths, Collection<StreamPath> streams)
            throws IOException {
        this.options = options;
        this.count = new ConnectionCount(options.limits(), options.proxies());
        this.engine = new TyrusEngine(options.limits());
        this.io = threads(options.ioThreads(), "im-io");
        this.parts = new HttpFrontParts(
                new RouteRunner(routes, routeThreads),
                new Upgrader(engine, paths, options),
                new StreamFront(new EventStreams(streams, options), options),
                count,
                () -> draining,
                options);
        this.listening = bind();
    }

    /**
     * Starts a server.
     *
     * @param routes what plain requests get
     * @param paths the WebSocket endpoints, each at its path
     * @param streams the endpoints for clients without WebSocket, each at its path
     * @throws IOException if the port cannot be bound
     * @throws IllegalArgumentException if two endpoints have the same path, or one cannot be deployed
     */
    public static NettyServer start(
            ServerOptions options, HttpRoutes routes, Collection<UpgradePath> paths, Collection<StreamPath> streams)
            throws IOException {
        return new NettyServer(options, routes, paths, streams);
    }

    private Channel bind() throws IOException {
        var bound = new ServerBootstrap()
                .group(acceptor, io)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(ACCEPTED_AT_ONCE))
                .handler(new AcceptPace(io))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(setup())
                .bind(options.host(), options.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stopThreads();
            throw new IOException("cannot listen on " + options.host() + ":" + options.port(), bound.cause());
        }
        return bound.channel();
    }

    private ChannelInitializer<Channel> setup() {
        var guard = new AcceptGuard(count);
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channels.add(channel);
                channel.pipeline().addLast(guard);
                if (options.tls() != null) {
                    channel.pipeline().addLast(options.tls().current().newHandler(channel.alloc()));
                }
                HttpPipeline.add(channel.pipeline(), parts);
                if (draining) {
                    HardClose.reset(channel);
                }
            }
        };
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Connections open at the moment, upgraded or not. */
    public int connections() {
        return count.open();
    }

    /**
     * Stops in good order: accepts no more, closes every WebSocket with 1001, waits for the connections to end but no
     * longer than {@link ServerTimeouts#drain()}, resets those that are left, and ends the threads. A second call does
     * nothing. Not to be called on an I/O thread.
     */
    @Override
    public void close() {
        stopAccepting();
        draining = true;
        channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(ServerEvent.DRAIN));
        boolean ended = channels.newCloseFuture()
                .awaitUninterruptibly(options.timeouts().drain().toMillis());
        if (!ended) {
            LOG.info("{} connections did not end in time and are reset", channels.size());
            channels.forEach(HardClose::reset);
            channels.newCloseFuture().awaitUninterruptibly();
        }
        stopThreads();
        engine.stop();
    }

    /**
     * Closes the port for good. The system goes on accepting for a socket that is closed until the selector it is registered
     * with has let go of it, which at the latest the end of the selector's thread brings about.
     */
    private void stopAccepting() {
        listening.close().awaitUninterruptibly();
        end(acceptor);
    }

    private void stopThreads() {
        routeThreads.shutdownNow();
        end(acceptor);
        end(io);
    }

    private static void end(EventLoopGroup threads) {
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static EventLoopGroup threads(int count, String name) {
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name, false), NioIoHandler.newFactory());
    }

    private static ExecutorService routeThreads() {
        var threads = new ThreadPoolExecutor(
                ROUTE_THREADS,
                ROUTE_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(ROUTE_QUEUE),
                new DefaultThreadFactory("im-http", false));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
