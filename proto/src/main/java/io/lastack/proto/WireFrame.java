package io.lastack.proto;

import io.lastack.session.EncodedFrame;
import java.util.List;

/** A frame in the bytes of one codec, for any number of packets. */
final class WireFrame implements EncodedFrame {
    private final WireCodec codec;
    private final List<byte[]> parts;
    private final int size;

    WireFrame(WireCodec codec, List<byte[]> parts) {
        this.codec = codec;
        this.parts = parts;
        int bytes = 0;
        for (byte[] part : parts) {
            bytes += part.length;
        }
        this.size = bytes;
    }

    /** @throws IllegalArgumentException if the frame is of another codec */
    WireFrame requireOf(WireCodec wanted) {
        if (codec != wanted) {
            throw new IllegalArgumentException("the frame is encoded for " + codec + "; " + wanted + " is allowed");
        }
        return this;
    }

    /** The bytes themselves, not a copy. */
    void addTo(List<byte[]> packet) {
        for (int i = 0; i < parts.size(); i++) {
            packet.add(parts.get(i));
        }
    }

    @Override
    public int size() {
        return size;
    }

    /** Never the content. */
    @Override
    public String toString() {
        return "frame of " + size + " bytes for " + codec;
    }
}
