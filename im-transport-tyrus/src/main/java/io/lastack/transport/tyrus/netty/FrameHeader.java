package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The header of a WebSocket frame (RFC 6455, section 5.2).
 *
 * @param bits final bit, reserved bits and opcode
 * @param masked whether a masking key follows
 * @param payload length of the payload as stated; negative if the highest bit was set, which is not allowed
 * @param size bytes up to and including the length, without the masking key
 */
record FrameHeader(int bits, boolean masked, long payload, int size) {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PONG = 0xA;
    static final int MASK_BYTES = 4;
    static final int MAX_BYTES = 14;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int MASK_BIT = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int IN_16_BITS = 126;
    private static final int IN_64_BITS = 127;

    /** Reads the header at the reader's index without moving it; null if it is not complete, masking key included. */
    static @Nullable FrameHeader peek(ByteBuf in) {
        int readable = in.readableBytes();
        if (readable < 2) {
            return null;
        }
        int at = in.readerIndex();
        int second = in.getUnsignedByte(at + 1);
        int length = second & LENGTH;
        int size = length == IN_16_BITS ? 4 : length == IN_64_BITS ? 10 : 2;
        boolean masked = (second & MASK_BIT) != 0;
        if (readable < size + (masked ? MASK_BYTES : 0)) {
            return null;
        }
        long payload = size == 4 ? in.getUnsignedShort(at + 2) : size == 10 ? in.getLong(at + 2) : length;
        return new FrameHeader(in.getUnsignedByte(at), masked, payload, size);
    }

    boolean isFinal() {
        return (bits & FIN) != 0;
    }

    boolean hasReservedBits() {
        return (bits & RESERVED) != 0;
    }

    int opcode() {
        return bits & OPCODE;
    }

    boolean isControl() {
        return opcode() >= CLOSE;
    }

    boolean isKnown() {
        return opcode() <= BINARY || (opcode() >= CLOSE && opcode() <= PONG);
    }

    /** Whether the length is written in the fewest bytes, as it must be. */
    boolean isMinimal() {
        return size == 2 || (size == 4 ? payload >= IN_16_BITS : payload > 0xFFFF);
    }

    /** Writes the same header without the mask bit in the {@link #size} bytes before the index. */
    void putUnmasked(ByteBuf out, int end) {
        int index = end - size;
        out.setByte(index, bits);
        switch (size) {
            case 4 -> out.setByte(index + 1, IN_16_BITS).setShort(index + 2, (int) payload);
            case 10 -> out.setByte(index + 1, IN_64_BITS).setLong(index + 2, payload);
            default -> out.setByte(index + 1, (int) payload);
        }
    }
}
