package io.lastack.proto;

import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.io.IOException;
import java.util.List;

/** One of the two forms of a packet. */
interface PacketFormat {
    /** The parts of one frame, which goes into any number of packets; bodies may be among them as they are. */
    List<byte[]> encode(ServerFrame frame) throws IOException;

    /** As for a frame of the server. */
    List<byte[]> encode(ClientFrame frame) throws IOException;

    /** The parts of the packet that the frames make; shares the frames' arrays. */
    List<byte[]> packet(List<WireFrame> frames);

    /**
     * Reads the frames of a packet one after another.
     *
     * @param frames the field of the packet that holds them
     * @param maxEntries of any list or map in a frame
     */
    void decode(byte[] data, int offset, int length, FieldShape frames, int maxEntries, FrameSink sink)
            throws MalformedPacketException;
}
