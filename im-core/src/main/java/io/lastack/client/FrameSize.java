package io.lastack.client;

import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import java.util.Map;

/** About how many bytes a frame takes at most in the more talkative codec, JSON: enough to keep packets within bounds. */
final class FrameSize {
    private static final int FIXED = 256;
    private static final int PER_POSITION = 192;

    private FrameSize() {}

    static int estimate(ClientFrame frame) {
        if (frame instanceof ClientFrame.Send send) {
            return FIXED
                    + ofBody(send.body())
                    + ofExt(send.ext())
                    + 72 * send.mentions().size();
        }
        if (frame instanceof ClientFrame.Notify notify) {
            return FIXED + 2 * (notify.status().length() + notify.remark().length()) + ofExt(notify.ext());
        }
        if (frame instanceof ClientFrame.Ack ack) {
            return FIXED
                    + PER_POSITION * (ack.positions().size() + 2 * ack.nacks().size());
        }
        if (frame instanceof ClientFrame.Hello hello) {
            return 8 * FIXED + PER_POSITION * hello.resume().size();
        }
        return 2 * FIXED;
    }

    private static int ofExt(Map<String, String> ext) {
        int size = 0;
        for (var entry : ext.entrySet()) {
            size += 16 + 2 * (entry.getKey().length() + entry.getValue().length());
        }
        return size;
    }

    /** Base64 stays below double; a character takes three bytes of UTF-8 at most, if it needs no escape. */
    private static int ofBody(Body body) {
        byte[] bytes = body.bytes();
        String text = body.text();
        return (bytes == null ? 0 : 2 * bytes.length) + (text == null ? 0 : 3 * text.length());
    }
}
