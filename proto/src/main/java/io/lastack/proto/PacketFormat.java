package io.lastack.proto;

import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.io.IOException;
import java.util.List;

/** One of the two forms of a packet. */
interface PacketFormat {
    /** One frame, as a part of any number of packets. */
    byte[] encode(ServerFrame frame) throws IOException;

    /** One frame, as a part of any number of packets. */
    byte[] encode(ClientFrame frame) throws IOException;

    /** The parts of the packet that the frames make; shares the frames' arrays. */
    List<byte[]> packet(List<byte[]> frames);

    /**
     * Reads the frames of a packet one after another.
     *
     * @param frames the field of the packet that holds them
     * @param maxEntries of any list or map in a frame
     */
    void decode(byte[] data, int offset, int length, FieldShape frames, int maxEntries, FrameSink sink)
            throws MalformedPacketException;
}
