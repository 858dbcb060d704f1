package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts the fragments of a message together; limits are the inspector's. */
final class MessageAssembly {

    private boolean text;
    private byte @Nullable [] fragments;
    private int length;

    /** Whether the message that {@link #add} returned last is a text message. */
    boolean isText() {
        return text;
    }

    /** Adds a data frame whose payload, without mask, stands at the index; returns the message if it is whole. */
    @Nullable
    ByteBuffer add(FrameHeader header, ByteBuf in, int index) {
        int size = (int) header.payload();
        if (header.opcode() != FrameHeader.CONTINUATION) {
            text = header.opcode() == FrameHeader.TEXT;
            if (header.isFinal()) {
                return in.nioBuffer(index, size);
            }
            fragments = new byte[size];
            length = 0;
        }
        append(in, index, size);
        return header.isFinal() ? take() : null;
    }

    private void append(ByteBuf in, int index, int size) {
        byte[] room = fragments == null ? new byte[0] : fragments;
        if (room.length - length < size) {
            room = Arrays.copyOf(room, Math.max(length + size, 2 * room.length));
        }
        in.getBytes(index, room, length, size);
        fragments = room;
        length += size;
    }

    private ByteBuffer take() {
        var message = ByteBuffer.wrap(fragments == null ? new byte[0] : fragments, 0, length);
        fragments = null;
        return message;
    }
}
