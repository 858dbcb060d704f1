package io.lastack.proto;

import io.lastack.session.EncodedFrame;

/** A frame in the bytes of one codec, as a part of any number of packets. */
final class WireFrame implements EncodedFrame {
    private final WireCodec codec;
    private final byte[] bytes;

    WireFrame(WireCodec codec, byte[] bytes) {
        this.codec = codec;
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy. @throws IllegalArgumentException if the frame is of another codec */
    byte[] bytesFor(WireCodec wanted) {
        if (codec != wanted) {
            throw new IllegalArgumentException("the frame is encoded for " + codec + "; " + wanted + " is allowed");
        }
        return bytes;
    }

    @Override
    public int size() {
        return bytes.length;
    }

    /** Never the content. */
    @Override
    public String toString() {
        return "frame of " + bytes.length + " bytes for " + codec;
    }
}
