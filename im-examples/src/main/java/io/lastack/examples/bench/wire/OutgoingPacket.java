package io.lastack.examples.bench.wire;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** The frames that a connection has to say, until they leave together. Used by one thread. */
public final class OutgoingPacket {
    private final WireCodec codec;
    private final Packets around;
    private @Nullable ByteBuf packet;

    public OutgoingPacket(WireCodec codec) {
        this.codec = codec;
        this.around = Packets.of(codec);
    }

    /** Where the next frame goes. */
    public ByteBuf next() {
        ByteBuf current = packet;
        if (current == null) {
            current = around.begin(ByteBufAllocator.DEFAULT);
            packet = current;
        } else {
            around.next(current);
        }
        return current;
    }

    /** For frames that are sent too seldom to have a template. */
    public void add(ClientFrame frame) {
        next().writeBytes(Packets.frame(codec, frame));
    }

    /** The packet, which the caller releases, or null if there is nothing to say. */
    public @Nullable ByteBuf take() {
        ByteBuf current = packet;
        if (current != null) {
            around.end(current);
            packet = null;
        }
        return current;
    }
}
