package io.lastack.proto;

import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import java.util.ArrayList;
import java.util.List;

/** Collects the frames of a client's packet: one that cannot be read becomes {@link ClientFrame.Invalid}. */
final class ClientFrames implements FrameSink {
    private final List<ClientFrame> frames = new ArrayList<>();

    List<ClientFrame> toList() {
        return frames;
    }

    @Override
    public void frame(Fields frame) throws MalformedPacketException {
        try {
            add(ClientFrameReader.read(frame));
        } catch (FrameFault e) {
            broken(frame, e);
        }
    }

    @Override
    public void broken(Fields partial, FrameFault fault) throws MalformedPacketException {
        add(new ClientFrame.Invalid(ClientFrameReader.requestId(partial), fault.text()));
    }

    private void add(ClientFrame frame) throws MalformedPacketException {
        if (frames.size() == WireCodec.MAX_CLIENT_FRAMES) {
            throw new MalformedPacketException(
                    CloseReason.TOO_LARGE,
                    "packet has more than " + WireCodec.MAX_CLIENT_FRAMES + " frames; at most that many are allowed");
        }
        frames.add(frame);
    }
}
