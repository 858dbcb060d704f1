package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;

/** Takes the mask of RFC 6455, section 5.3, off a payload, in place and eight bytes at a time. */
final class Unmasking {

    private Unmasking() {}

    /**
     * Unmasks.
     *
     * @param key the masking key, its first byte the highest
     */
    static void apply(ByteBuf buffer, int index, int length, int key) {
        long twice = ((long) key << Integer.SIZE) | Integer.toUnsignedLong(key);
        int at = index;
        int end = index + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            buffer.setLong(at, buffer.getLong(at) ^ twice);
        }
        for (int shift = Integer.SIZE - Byte.SIZE; at < end; at++, shift = (shift - Byte.SIZE) & (Integer.SIZE - 1)) {
            buffer.setByte(at, buffer.getByte(at) ^ (key >>> shift));
        }
    }
}
