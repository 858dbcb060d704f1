package io.lastack.transport.tyrus.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody have a large body gathered but who speaks for a stream that is open: there packets are as large as they are
 * over WebSocket.
 */
final class BodyLimit extends ChannelInboundHandlerAdapter {

    private final int common;
    private final int packet;
    private final EventStreams streams;
    private @Nullable EventStream stream;
    private long left;
    private boolean refused;

    BodyLimit(ServerLimits limits, EventStreams streams) {
        this.common = limits.httpBodyBytes();
        this.packet = Math.max(limits.textBytes(), limits.binaryBytes());
        this.streams = streams;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request && !refused) {
            stream = streams.find(name -> Optional.ofNullable(request.headers().get(name)))
                    .orElse(null);
            left = stream == null ? common : packet;
            if (HttpUtil.isContentLengthSet(request) && contentLength(request) > left) {
                refuse(ctx);
            }
        }
        if (message instanceof HttpContent content && !refused) {
            left -= content.content().readableBytes();
            if (left < 0) {
                refuse(ctx);
            }
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /** A length that is no number is for the parts behind to refuse. */
    private static long contentLength(HttpRequest request) {
        try {
            return HttpUtil.getContentLength(request, 0L);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void refuse(ChannelHandlerContext ctx) {
        refused = true;
        if (stream != null) {
            stream.tooLarge(packet);
        }
        ctx.fireUserEventTriggered(HttpPipeline.BODY_TOO_LARGE);
    }
}
