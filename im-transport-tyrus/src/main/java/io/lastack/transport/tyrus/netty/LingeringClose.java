package io.lastack.transport.tyrus.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * The end of a connection that has had its last answer: ours is shut, and what the peer still says is thrown away unread
 * until it shuts its side or the time is up. To close at once, with unread bytes, could abort the answer on its way.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A write or close that fails ends the connection, which is told otherwise.
final class LingeringClose extends ChannelInboundHandlerAdapter {

    /** Starts once the answer is written; all handlers that could serve anything must be gone from the pipeline. */
    static void begin(Channel channel, long millis) {
        if (!(channel instanceof DuplexChannel duplex) || channel.pipeline().get(SslHandler.class) != null) {
            channel.close();
            return;
        }
        duplex.shutdownOutput();
        channel.config().setAutoRead(true);
        var timer = IoTimer.start(channel.eventLoop(), millis, () -> channel.close());
        channel.closeFuture().addListener(closed -> timer.cancel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ServerEvent.DRAIN) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
