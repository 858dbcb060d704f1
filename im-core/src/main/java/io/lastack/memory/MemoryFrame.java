package io.lastack.memory;

import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.ServerFrame;

/** A frame that is not encoded: the value itself, with the size it would have about. */
record MemoryFrame(ServerFrame frame, int size) implements EncodedFrame {
    /** One for all links, as its identity is what encoded messages are cached under. */
    static final FrameEncoder ENCODER = frame -> new MemoryFrame(frame, FrameSizes.estimate(frame));

    static ServerFrame frameOf(EncodedFrame encoded) {
        if (encoded instanceof MemoryFrame memory) {
            return memory.frame;
        }
        throw new IllegalArgumentException(
                "a frame of another codec (" + encoded.getClass().getName()
                        + ") was written to a link in memory; only those of its own encoder are allowed");
    }
}
