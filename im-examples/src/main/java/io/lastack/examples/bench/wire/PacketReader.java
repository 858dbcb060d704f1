package io.lastack.examples.bench.wire;

import io.lastack.proto.WireCodec;
import java.io.IOException;

/** Reads packets from the server. Frames that a load generator has no use for are passed over. Not thread-safe. */
public interface PacketReader {
    /**
     * @param length how many bytes of the array are the packet, from the first on
     * @param conversation the one that is expected, in ASCII
     * @throws IOException if it is no packet
     */
    void read(byte[] packet, int length, byte[] conversation, PacketEvents to) throws IOException;

    static PacketReader of(WireCodec codec) {
        return codec.isBinary() ? new ProtoPacketReader() : new CodecPacketReader(codec);
    }
}
