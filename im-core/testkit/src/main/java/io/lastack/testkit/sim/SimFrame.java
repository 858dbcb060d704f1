package io.lastack.testkit.sim;

import io.lastack.log.Message;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.util.List;

/** A frame that is not encoded: the value itself, with about the size that it would have. */
record SimFrame(ServerFrame frame, int size) implements EncodedFrame {
    static final FrameEncoder ENCODER = frame -> new SimFrame(frame, sizeOf(frame));

    private static final int FIXED = 24;

    static ServerFrame of(EncodedFrame frame) {
        return ((SimFrame) frame).frame();
    }

    private static int sizeOf(ServerFrame frame) {
        if (frame instanceof ServerFrame.Deliver deliver) {
            return sizeOf(deliver.messages());
        }
        if (frame instanceof ServerFrame.Reply reply && reply.result() instanceof Result.Fetch fetch) {
            return sizeOf(fetch.messages());
        }
        return 2 * FIXED;
    }

    private static int sizeOf(List<Message> messages) {
        int size = FIXED;
        for (Message message : messages) {
            size += 2 * FIXED + message.content().payload().size();
        }
        return size;
    }
}
