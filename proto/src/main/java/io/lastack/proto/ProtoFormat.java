package io.lastack.proto;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Packets in protobuf. A packet is nothing but a repeated field, so each frame is encoded with its tag and length, and a
 * packet is the concatenation of its frames.
 */
final class ProtoFormat implements PacketFormat {
    @Override
    public List<byte[]> encode(ServerFrame frame) throws IOException {
        ProtoWriter out = new ProtoWriter(MessageBytes.in(frame));
        out.message(Schema.SERVER_FRAMES.number(), frame, ServerFrameWriter::write);
        return out.toParts();
    }

    @Override
    public List<byte[]> encode(ClientFrame frame) throws IOException {
        ProtoWriter out = new ProtoWriter(0);
        out.message(Schema.CLIENT_FRAMES.number(), frame, ClientFrameWriter::write);
        return out.toParts();
    }

    @Override
    public List<byte[]> packet(List<WireFrame> frames) {
        List<byte[]> parts = new ArrayList<>(frames.size());
        for (WireFrame frame : frames) {
            frame.addTo(parts);
        }
        return parts;
    }

    @Override
    public void decode(byte[] data, int offset, int length, FieldShape frames, int maxEntries, FrameSink sink)
            throws MalformedPacketException {
        CodedInputStream in = CodedInputStream.newInstance(data, offset, length);
        int framesTag = frames.number() << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == framesTag) {
                    int frameLength = in.readRawVarint32();
                    int frameOffset = offset + in.getTotalBytesRead();
                    in.skipRawBytes(frameLength);
                    frame(data, frameOffset, frameLength, frames.requireMessage(), maxEntries, sink);
                } else {
                    skip(in, tag, frames);
                }
            }
        } catch (IOException e) {
            throw new MalformedPacketException(
                    CloseReason.PROTOCOL_ERROR, "packet is no protobuf at byte " + in.getTotalBytesRead());
        }
    }

    /** The frame's length says where the next one starts, whatever lies inside. */
    private static void frame(byte[] data, int offset, int length, Shape shape, int maxEntries, FrameSink sink)
            throws MalformedPacketException {
        Fields frame = new Fields(shape);
        try {
            new ProtoReader(CodedInputStream.newInstance(data, offset, length), maxEntries).read(shape, frame);
        } catch (FrameFault e) {
            FieldShape requestId = shape.find("requestId");
            if (requestId != null && !frame.has(requestId)) {
                findInteger(CodedInputStream.newInstance(data, offset, length), requestId, frame);
            }
            sink.broken(frame, e);
            return;
        }
        sink.frame(frame);
    }

    /** Looks for a field that may stand behind what is broken. */
    private static void findInteger(CodedInputStream in, FieldShape field, Fields into) {
        int wanted = field.number() << 3 | WireFormat.WIRETYPE_VARINT;
        try {
            for (int tag = in.readTag(); tag != 0 && !isGroup(tag); tag = in.readTag()) {
                if (tag == wanted) {
                    into.put(field, in.readInt64());
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException | FrameFault e) {
            // The end of what can be told.
        }
    }

    private static void skip(CodedInputStream in, int tag, FieldShape frames)
            throws IOException, MalformedPacketException {
        if (WireFormat.getTagFieldNumber(tag) == frames.number() || isGroup(tag)) {
            throw new MalformedPacketException(
                    CloseReason.PROTOCOL_ERROR, "packet is no list of frames at byte " + in.getTotalBytesRead());
        }
        in.skipField(tag);
    }

    private static boolean isGroup(int tag) {
        int wireType = WireFormat.getTagWireType(tag);
        return wireType == WireFormat.WIRETYPE_START_GROUP || wireType == WireFormat.WIRETYPE_END_GROUP;
    }
}
