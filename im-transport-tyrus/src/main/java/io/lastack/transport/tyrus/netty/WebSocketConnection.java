package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.glassfish.tyrus.spi.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upgraded connection: hands frames to the engine, sends what the engine and the endpoint write, and sees the closing
 * through to its end.
 *
 * <p>Closing is bounded: from the first sign of it, whoever started, the peer has {@link ServerTimeouts#close()}, and then
 * the connection is reset.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A write or close that fails ends the connection, which is told otherwise.
final class WebSocketConnection extends ChannelInboundHandlerAdapter
        implements PacketChannel, FrameInspector.Sink, ConnectionWriter.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);

    private static final CloseCode TOO_SLOW = CloseCodes.getCloseCode(4413);

    private final Channel channel;
    private final InetSocketAddress client;
    private final ConnectionWriter writer;
    private final long closeMillis;

    /* The rest belongs to the I/O thread. */
    private @Nullable Connection engine;
    private final MessageAssembly assembly = new MessageAssembly();
    private @Nullable Receiver receiver;
    private @Nullable IoTimer closeTimer;
    private boolean peerClosed;
    private boolean engineDone;

    WebSocketConnection(Channel channel, InetSocketAddress client, ServerOptions options) {
        this.channel = channel;
        this.client = client;
        this.writer = new ConnectionWriter(channel, options.limits().queuedBytes(), this);
        this.closeMillis = options.timeouts().close().toMillis();
    }

    /** Connects the engine; before the first byte is read. */
    void open(Connection engine) {
        this.engine = engine;
    }

    void send(Outgoing frame) {
        writer.send(frame);
    }

    /** The engine has said its last. */
    void engineClosed() {
        writer.closing();
        channel.eventLoop().execute(() -> {
            engineDone = true;
            awaitEnd();
            endIfDone();
        });
    }

    @Override
    public void write(boolean text, List<byte[]> parts, Completion done) {
        writer.send(PacketFrame.message(text, parts, done));
    }

    @Override
    public long pendingBytes() {
        return writer.pending();
    }

    @Override
    public InetSocketAddress client() {
        return client;
    }

    @Override
    public void kill(String reason) {
        LOG.debug("connection of {} is reset: {}", client, reason);
        writer.closed();
        HardClose.reset(channel);
    }

    @Override
    public void receive(Receiver newReceiver) {
        receiver = newReceiver;
    }

    @Override
    public void frame(FrameHeader header, ByteBuf in, int index) {
        peerClosed |= header.opcode() == FrameHeader.CLOSE;
        if (writer.isClosing()) {
            endIfDone();
        } else if (receiver != null && !header.isControl()) {
            var message = assembly.add(header, in, index);
            if (message != null) {
                receiver.message(assembly.isText(), message);
            }
        } else if (engine != null) {
            header.putUnmasked(in, index);
            engine.getReadHandler().handle(in.nioBuffer(index - header.size(), header.size() + (int) header.payload()));
        }
    }

    @Override
    public void activity() {
        if (receiver != null) {
            receiver.activity();
        }
    }

    @Override
    public void violation(CloseCode code, String reason) {
        LOG.debug("connection of {} is closed with {}: {}", client, code.getCode(), reason);
        close(code, reason);
    }

    private void close(CloseCode code, String reason) {
        awaitEnd();
        if (engine != null) {
            engine.close(new CloseReason(code, reason));
        }
    }

    private void awaitEnd() {
        if (closeTimer == null && channel.isActive()) {
            closeTimer = IoTimer.start(channel.eventLoop(), closeMillis, () -> kill("not closed by the peer in time"));
        }
    }

    @Override
    public void overflown() {
        close(TOO_SLOW, "the consumer is too slow for the outbound limit");
    }

    @Override
    public void finished() {
        endIfDone();
    }

    /** Ends the connection when all is said: by both sides, or by ours and there was no close frame to answer. */
    private void endIfDone() {
        if (engineDone && writer.isFinished() && (peerClosed || !writer.isCloseSent())) {
            channel.close();
        }
    }

    @Override
    public void broken(Throwable failure) {
        kill("a write failed: " + failure);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        // Only a client that sent more before it had the answer to its handshake comes here; it must not.
        ReferenceCountUtil.release(msg);
        kill("data before the end of the handshake");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ServerEvent.DRAIN) {
            close(CloseCodes.GOING_AWAY, "the server is going away");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (closeTimer != null) {
            closeTimer.cancel();
        }
        writer.closed();
        if (engine != null) {
            engine.close(new CloseReason(CloseCodes.CLOSED_ABNORMALLY, "the connection was lost"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("connection of {} failed", client, cause);
        }
        kill("it failed: " + cause);
    }
}
