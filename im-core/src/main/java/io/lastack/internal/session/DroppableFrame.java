package io.lastack.internal.session;

import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.ServerFrame;
import java.util.IdentityHashMap;

/** A frame for many sessions that none of them depends on: encoded once per codec. Used by one thread. */
public final class DroppableFrame {
    private final ServerFrame frame;
    private final IdentityHashMap<FrameEncoder, EncodedFrame> forms = new IdentityHashMap<>(2);

    public DroppableFrame(ServerFrame frame) {
        this.frame = frame;
    }

    EncodedFrame form(FrameEncoder encoder) {
        return forms.computeIfAbsent(encoder, e -> e.encode(frame));
    }
}
