package io.lastack.proto;

/** Takes the frames of a packet as they are read. */
interface FrameSink {
    void frame(Fields frame) throws MalformedPacketException;

    /** @param partial what of the frame could be read */
    void broken(Fields partial, FrameFault fault) throws MalformedPacketException;
}
