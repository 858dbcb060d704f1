package io.lastack.transport.tyrus.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream: the answer that never ends, and the handler of the TCP connection that carries it. What the client says
 * comes over other connections, in packets with numbers, so that one which is sent twice is taken once and none is passed
 * over. Closing is bounded as it is for a WebSocket.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A write or close that fails ends the connection, which is told otherwise.
final class EventStream extends ChannelInboundHandlerAdapter implements StreamChannel, ConnectionWriter.Listener {

    /** What became of a packet. */
    enum Outcome {
        TAKEN,
        OUT_OF_ORDER,
        GONE
    }

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private static final int PROTOCOL_ERROR = 1002;
    private static final int GOING_AWAY = 1001;
    private static final int LOST = 1006;
    private static final int TOO_SLOW = 4413;

    private final Channel channel;
    private final InetSocketAddress client;
    private final ConnectionWriter writer;
    private final StreamOwner owner = new StreamOwner();
    private final long closeMillis;

    /* The rest belongs to the I/O thread. */
    private StreamEndpoint.@Nullable Receiver receiver;
    private @Nullable IoTimer closeTimer;
    private long lastPacket;
    private boolean ended;
    private int code = LOST;
    private String reason = "the connection was lost";

    EventStream(Channel channel, InetSocketAddress client, ServerOptions options) {
        this.channel = channel;
        this.client = client;
        this.writer = new ConnectionWriter(channel, options.limits().queuedBytes(), this);
        this.closeMillis = options.timeouts().close().toMillis();
    }

    /** Says the first word, then opens the endpoint; on the I/O thread, with the head of the answer written. */
    void open(String id, StreamEndpoint endpoint, Opening opening) {
        send(StreamEvents.open(id));
        try {
            receiver = endpoint.open(this, opening);
            channel.config().setAutoRead(true);
        } catch (RuntimeException e) {
            LOG.error("a stream could not be opened", e);
            kill("it could not be opened");
        }
    }

    StreamOwner owner() {
        return owner;
    }

    Channel channel() {
        return channel;
    }

    /** Takes a packet; on the I/O thread. */
    Outcome packet(long number, byte[] body) {
        if (ended || receiver == null || writer.isClosing()) {
            return Outcome.GONE;
        }
        receiver.activity();
        if (number <= lastPacket) {
            return Outcome.TAKEN;
        }
        if (number > lastPacket + 1) {
            end(PROTOCOL_ERROR, "packet " + (lastPacket + 1) + " is missing before " + number);
            return Outcome.OUT_OF_ORDER;
        }
        lastPacket = number;
        receiver.message(ByteBuffer.wrap(body));
        return Outcome.TAKEN;
    }

    /** The client is there; on the I/O thread. */
    void activity() {
        if (receiver != null) {
            receiver.activity();
        }
    }

    /** A packet was refused by its size. From any thread. */
    void tooLarge(int limit) {
        channel.eventLoop().execute(() -> {
            if (receiver != null && !ended) {
                receiver.tooLarge(limit);
            }
        });
    }

    @Override
    public void write(boolean text, List<byte[]> parts, PacketChannel.Completion done) {
        writer.send(PacketFrame.event(StreamEvents.message(text, parts), false, done));
    }

    @Override
    public void ping() {
        send(StreamEvents.ping());
    }

    private void send(List<byte[]> event) {
        writer.send(PacketFrame.event(event, false, failure -> {}));
    }

    @Override
    public void close(int newCode, String newReason) {
        channel.eventLoop().execute(() -> end(newCode, newReason));
    }

    private void end(int newCode, String newReason) {
        if (closeTimer == null && channel.isActive()) {
            code = newCode;
            reason = newReason;
            closeTimer = IoTimer.start(channel.eventLoop(), closeMillis, () -> kill("not taken to its end in time"));
            writer.send(PacketFrame.event(StreamEvents.close(newCode, newReason), true, failure -> {}));
        }
    }

    @Override
    public void kill(String why) {
        LOG.debug("stream of {} is reset: {}", client, why);
        writer.closed();
        HardClose.reset(channel);
    }

    @Override
    public void bind(String token) {
        owner.bind(token);
    }

    @Override
    public InetSocketAddress client() {
        return client;
    }

    @Override
    public void overflown() {
        end(TOO_SLOW, "the consumer is too slow for the outbound limit");
    }

    @Override
    public void finished() {
        if (writer.isCloseSent() && writer.isFinished()) {
            channel.close();
        }
    }

    @Override
    public void broken(Throwable failure) {
        kill("a write failed: " + failure);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg);
        kill("data on the connection of the stream");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ServerEvent.DRAIN) {
            end(GOING_AWAY, "the server is going away");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (closeTimer != null) {
            closeTimer.cancel();
        }
        ended = true;
        writer.closed();
        if (receiver != null) {
            receiver.closed(code, reason);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("stream of {} failed", client, cause);
        }
        kill("it failed: " + cause);
    }
}
