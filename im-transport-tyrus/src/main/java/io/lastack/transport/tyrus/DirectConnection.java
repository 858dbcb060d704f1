package io.lastack.transport.tyrus;

import io.lastack.proto.WireCodec;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.transport.tyrus.netty.PacketChannel;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of our own server: packets go out as they are, without the engine's framing, and nothing ever blocks. That a
 * close comes to its end is the server's care.
 */
final class DirectConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(DirectConnection.class);

    private final Session session;
    private final PacketChannel channel;
    private final WireCodec codec;

    DirectConnection(Session session, PacketChannel channel, WireCodec codec) {
        this.session = session;
        this.channel = channel;
        this.codec = codec;
    }

    @Override
    public FrameEncoder encoder() {
        return codec;
    }

    @Override
    public void write(List<EncodedFrame> packet, WriteCallback done) {
        channel.write(!codec.isBinary(), codec.parts(packet), failure -> done.written(failure == null));
    }

    @Override
    public void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            LOG.debug("a ping found the connection of {} closed", channel.client(), e);
        }
    }

    @Override
    public void close(CloseReason reason) {
        try {
            session.close(CloseReasons.ofEngine(reason));
        } catch (IOException | RuntimeException e) {
            LOG.debug("a close found the connection of {} closed", channel.client(), e);
        }
    }

    @Override
    public void kill() {
        channel.kill("the engine gave it up");
    }

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public String remoteAddress() {
        return Addresses.text(channel.client());
    }
}
