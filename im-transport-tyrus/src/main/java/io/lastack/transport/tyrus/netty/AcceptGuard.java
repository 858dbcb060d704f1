package io.lastack.transport.tyrus.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;

/** Counts connections in and out, first in every pipeline. */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A write or close that fails ends the connection, which is told otherwise.
@ChannelHandler.Sharable
final class AcceptGuard extends ChannelInboundHandlerAdapter {

    /** Set before any other handler hears of the connection. */
    static final AttributeKey<ConnectionCount.Verdict> VERDICT = AttributeKey.valueOf(AcceptGuard.class, "verdict");

    private final ConnectionCount count;

    AcceptGuard(ConnectionCount count) {
        this.count = count;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        var verdict = count.enter(address(ctx));
        ctx.channel().attr(VERDICT).set(verdict);
        if (verdict == ConnectionCount.Verdict.DROP) {
            ctx.close();
        } else {
            ctx.fireChannelActive();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (ctx.channel().attr(VERDICT).get() != null) {
            count.leave(address(ctx));
        }
        ctx.fireChannelInactive();
    }

    private static InetSocketAddress address(ChannelHandlerContext ctx) {
        return (InetSocketAddress) ctx.channel().remoteAddress();
    }
}
