package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message or event framed here, around parts that other connections may be sending at the same time. */
final class PacketFrame extends Outgoing {

    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int LENGTH_IN_16_BITS = 126;
    private static final int LENGTH_IN_64_BITS = 127;

    private final List<byte[]> parts;
    private final byte[] header;
    private final int size;
    private final boolean last;
    private final PacketChannel.Completion completion;

    /** The part to write next, -1 for the header, and how much of it is written. */
    private int part = -1;

    private int written;

    private PacketFrame(
            byte[] header, List<byte[]> parts, long length, boolean last, PacketChannel.Completion completion) {
        this.parts = parts;
        this.header = header;
        this.size = Math.toIntExact(header.length + length);
        this.last = last;
        this.completion = completion;
    }

    /** A WebSocket message. */
    static PacketFrame message(boolean text, List<byte[]> parts, PacketChannel.Completion completion) {
        long length = length(parts);
        byte[] header = header(text ? FINAL_TEXT : FINAL_BINARY, length);
        return new PacketFrame(header, parts, length, false, completion);
    }

    /** An event of a stream; the last one takes the part of the close frame. */
    static PacketFrame event(List<byte[]> parts, boolean last, PacketChannel.Completion completion) {
        return new PacketFrame(new byte[0], parts, length(parts), last, completion);
    }

    private static long length(List<byte[]> parts) {
        long length = 0;
        for (byte[] bytes : parts) {
            length += bytes.length;
        }
        return length;
    }

    private static byte[] header(int first, long length) {
        if (length < LENGTH_IN_16_BITS) {
            return new byte[] {(byte) first, (byte) length};
        }
        return length <= 0xFFFF
                ? ByteBuffer.allocate(4)
                        .put((byte) first)
                        .put((byte) LENGTH_IN_16_BITS)
                        .putShort((short) length)
                        .array()
                : ByteBuffer.allocate(10)
                        .put((byte) first)
                        .put((byte) LENGTH_IN_64_BITS)
                        .putLong(length)
                        .array();
    }

    @Override
    int size() {
        return size;
    }

    @Override
    void writeTo(ByteBuf packet, int most) {
        int room = most;
        while (room > 0 && part < parts.size()) {
            byte[] bytes = part < 0 ? header : parts.get(part);
            int length = Math.min(room, bytes.length - written);
            packet.writeBytes(bytes, written, length);
            room -= length;
            written += length;
            if (written == bytes.length) {
                part++;
                written = 0;
            }
        }
    }

    @Override
    void done(@Nullable Throwable failure) {
        completion.written(failure);
    }

    @Override
    boolean isClose() {
        return last;
    }
}
