package io.lastack.examples.bench.wire;

import io.lastack.proto.WireCodec;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** WebSocket connections, all on one event loop. Token and device travel in the handshake. */
public final class WebSocketDialer implements Dialer {
    private static final int MAX_HANDSHAKE_BYTES = 8_192;
    private static final int MAX_PACKET_BYTES = 8 << 20;

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("bench", true), NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final URI url;
    private final WireCodec codec;
    private final byte[] scratch = new byte[MAX_PACKET_BYTES];

    /** @param url as in {@code ws://localhost:8080/im} */
    public WebSocketDialer(URI url, WireCodec codec) {
        requireUsable(url);
        this.url = url;
        this.codec = codec;
    }

    /** @throws IllegalArgumentException if it is no address of a WebSocket without TLS */
    public static void requireUsable(URI url) {
        if (!"ws".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 0) {
            throw new IllegalArgumentException("url " + url + " is not allowed; ws://HOST:PORT/PATH is");
        }
    }

    @Override
    public ScheduledExecutorService thread() {
        return loop;
    }

    @Override
    public void dial(String token, String device, LinkEvents events) {
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(url + "?device=" + device)
                .version(WebSocketVersion.V13)
                .subprotocol(codec.subprotocol())
                .customHeaders(new DefaultHttpHeaders().add(HttpHeaderNames.AUTHORIZATION, "Bearer " + token))
                .maxFramePayloadLength(MAX_PACKET_BYTES)
                .handleCloseFrames(false)
                .withUTF8Validator(false)
                .build();
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(MAX_HANDSHAKE_BYTES),
                                        new WebSocketClientProtocolHandler(config),
                                        new WebSocketLink(codec, events, scratch));
                    }
                })
                .connect(url.getHost(), url.getPort())
                .addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        events.closed("cannot connect: " + connected.cause().getMessage());
                    }
                });
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
