package io.lastack.examples.benchmark;

import io.lastack.proto.WireCodec;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import java.util.List;

/** Takes every packet at once and throws it away; the frames are encoded as for the wire. Used by one thread. */
final class SwallowingConnection implements Connection {
    private long frames;

    /** How many frames came so far. */
    long frames() {
        return frames;
    }

    @Override
    public FrameEncoder encoder() {
        return WireCodec.PROTO;
    }

    @Override
    public void write(List<EncodedFrame> packet, WriteCallback done) {
        frames += packet.size();
        done.written(true);
    }

    @Override
    public void ping() {
        // Nobody is there to answer, and acknowledgements are life enough.
    }

    @Override
    public void close(CloseReason reason) {
        throw new IllegalStateException("closed: " + reason);
    }

    @Override
    public void kill() {
        throw new IllegalStateException("killed");
    }

    @Override
    public String remoteAddress() {
        return "nowhere";
    }
}
