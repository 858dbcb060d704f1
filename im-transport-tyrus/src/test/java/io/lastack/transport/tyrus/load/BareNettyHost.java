package io.lastack.transport.tyrus.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Netty's WebSocket handlers, and nothing else. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails shows as an echo that does not come.
final class BareNettyHost implements Host {

    private static final int MAX_HANDSHAKE = 8_192;

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;

    BareNettyHost(HostOptions options) {
        var acceptor = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var io = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), NioIoHandler.newFactory());
        listening = new ServerBootstrap()
                .group(acceptor, io)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MAX_HANDSHAKE),
                                        new WebSocketServerProtocolHandler("/im", true),
                                        new Echo());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        acceptor.next()
                .scheduleAtFixedRate(
                        () -> channels.writeAndFlush(new PingWebSocketFrame()),
                        options.heartbeat().toMillis(),
                        options.heartbeat().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public Map<String, Long> answer(List<String> words) {
        return Map.of("connections", (long) channels.size());
    }

    private final class Echo extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                channels.add(ctx.channel());
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, BinaryWebSocketFrame frame) {
            var content = frame.content();
            if (content.getByte(content.readerIndex()) == BareEndpoint.FOR_ALL) {
                channels.writeAndFlush(new BinaryWebSocketFrame(Unpooled.copiedBuffer(content)));
            } else {
                ctx.writeAndFlush(new BinaryWebSocketFrame(content.retain()));
            }
        }
    }
}
