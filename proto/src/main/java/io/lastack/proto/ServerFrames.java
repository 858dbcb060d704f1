package io.lastack.proto;

import io.lastack.error.InvalidRequestException;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.util.ArrayList;
import java.util.List;

/** Collects the frames of a packet from the server: unknown ones are left out, a broken one breaks the packet. */
final class ServerFrames implements FrameSink {
    private final List<ServerFrame> frames = new ArrayList<>();

    List<ServerFrame> toList() {
        return frames;
    }

    @Override
    public void frame(Fields fields) throws MalformedPacketException {
        try {
            ServerFrame frame = ServerFrameReader.read(fields);
            if (frame != null) {
                frames.add(frame);
            }
        } catch (FrameFault | InvalidRequestException | IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void broken(Fields partial, FrameFault fault) throws MalformedPacketException {
        throw malformed(fault.text());
    }

    private static MalformedPacketException malformed(String why) {
        return new MalformedPacketException(CloseReason.PROTOCOL_ERROR, "a frame from the server: " + why);
    }
}
