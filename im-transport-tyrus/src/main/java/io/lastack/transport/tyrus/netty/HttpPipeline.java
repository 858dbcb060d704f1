package io.lastack.transport.tyrus.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;

/** The handlers of a connection that speaks HTTP, added and taken away together. */
final class HttpPipeline {

    /** Told to {@link HttpFront} in the place of a request whose body is over the limit. */
    static final Object BODY_TOO_LARGE = new Object();

    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 16 * 1024;

    private HttpPipeline() {}

    static void add(ChannelPipeline pipeline, HttpFrontParts parts) {
        ServerLimits limits = parts.options().limits();
        pipeline.addLast(new HttpServerCodec(
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS)));
        pipeline.addLast(new BodyLimit(limits, parts.streams().streams()));
        pipeline.addLast(new WholeRequests(
                Math.max(limits.httpBodyBytes(), Math.max(limits.textBytes(), limits.binaryBytes()))));
        pipeline.addLast(new FlowControlHandler());
        pipeline.addLast(new HttpFront(parts));
    }

    /**
     * Takes the HTTP handlers away and puts others in their place. The codec goes last, so that bytes it still holds reach
     * the new handlers and nothing that could take them for a request.
     */
    static void replaceBy(ChannelPipeline pipeline, ChannelHandler... handlers) {
        pipeline.addLast(handlers);
        pipeline.remove(HttpFront.class);
        pipeline.remove(FlowControlHandler.class);
        pipeline.remove(WholeRequests.class);
        pipeline.remove(BodyLimit.class);
        pipeline.remove(HttpServerCodec.class);
    }

    private static final class WholeRequests extends HttpObjectAggregator {

        WholeRequests(int maxBody) {
            super(maxBody);
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
            ctx.fireUserEventTriggered(BODY_TOO_LARGE);
        }
    }
}
