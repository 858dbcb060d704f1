package io.lastack.examples.bench.wire;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a codec puts around the frames of a packet. */
final class Packets {
    private static final byte[] NOTHING = {};
    private static final Packets PROTO = new Packets(NOTHING, NOTHING, NOTHING);
    private static final Packets JSON = new Packets(ascii("{\"frames\":["), ascii(","), ascii("]}"));

    private final byte[] start;
    private final byte[] between;
    private final byte[] end;

    private Packets(byte[] start, byte[] between, byte[] end) {
        this.start = start;
        this.between = between;
        this.end = end;
    }

    static Packets of(WireCodec codec) {
        return codec.isBinary() ? PROTO : JSON;
    }

    /** A frame as it stands inside a packet. */
    static byte[] frame(WireCodec codec, ClientFrame frame) {
        byte[] packet = codec.packet(List.of(codec.encode(frame)));
        Packets around = of(codec);
        return Arrays.copyOfRange(packet, around.start.length, packet.length - around.end.length);
    }

    /** A packet that begins, to be followed by its first frame. */
    ByteBuf begin(ByteBufAllocator memory) {
        return memory.buffer(512).writeBytes(start);
    }

    /** Between two frames. */
    void next(ByteBuf packet) {
        packet.writeBytes(between);
    }

    void end(ByteBuf packet) {
        packet.writeBytes(end);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
