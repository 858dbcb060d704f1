package io.lastack.examples.bench.wire;

import io.lastack.proto.WireCodec;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/** The end of one WebSocket: packets in, packets out, and its end told once. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails ends the connection, which is told otherwise.
final class WebSocketLink extends SimpleChannelInboundHandler<WebSocketFrame> implements Link {
    private final WireCodec codec;
    private final LinkEvents events;
    private final byte[] scratch;
    private @Nullable Channel channel;
    private boolean ended;

    /** @param scratch shared by all connections of the thread */
    WebSocketLink(WireCodec codec, LinkEvents events, byte[] scratch) {
        this.codec = codec;
        this.events = events;
        this.scratch = scratch;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            channel = ctx.channel();
            events.opened(this);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            end(close.statusCode() + " " + close.reasonText());
        } else if (!frame.isFinalFragment() || frame instanceof ContinuationWebSocketFrame) {
            end("the server sent a packet in fragments");
        } else {
            ByteBuf content = frame.content();
            int length = content.readableBytes();
            content.readBytes(scratch, 0, length);
            events.packet(scratch, length);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("the connection broke");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(String.valueOf(cause));
        ctx.close();
    }

    private void end(String why) {
        if (!ended) {
            ended = true;
            events.closed(why);
        }
    }

    @Override
    public void send(ByteBuf packet) {
        Channel open = channel;
        if (open == null || ended) {
            packet.release();
            return;
        }
        WebSocketFrame frame = codec.isBinary() ? new BinaryWebSocketFrame(packet) : new TextWebSocketFrame(packet);
        open.writeAndFlush(frame, open.voidPromise());
    }

    @Override
    public void close() {
        Channel open = channel;
        ended = true;
        if (open != null) {
            open.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
