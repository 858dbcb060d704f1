package io.lastack.transport.tyrus;

import io.lastack.proto.WireCodec;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.transport.tyrus.netty.StreamChannel;
import java.util.List;

/** A connection over server-sent events. */
final class StreamConnection implements Connection {

    private final StreamChannel channel;
    private final WireCodec codec;

    StreamConnection(StreamChannel channel, WireCodec codec) {
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
        channel.ping();
    }

    @Override
    public void close(CloseReason reason) {
        channel.close(reason.code(), reason.text());
    }

    @Override
    public void kill() {
        channel.kill("the engine gave it up");
    }

    @Override
    public String remoteAddress() {
        return Addresses.text(channel.client());
    }

    @Override
    public String transport() {
        return "sse";
    }
}
