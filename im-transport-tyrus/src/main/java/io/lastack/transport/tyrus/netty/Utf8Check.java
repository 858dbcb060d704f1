package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;

/**
 * Whether a text that comes in pieces is well-formed UTF-8 (RFC 3629) so far, told at the first byte that makes it none.
 * A character may be cut anywhere.
 */
final class Utf8Check {

    private static final int CONTINUATION_LOW = 0x80;
    private static final int CONTINUATION_HIGH = 0xBF;

    /** Bytes that the character in hand still lacks, and what the next of them may be. */
    private int missing;

    private int low;
    private int high;

    /** Goes on with these bytes; false if they cannot be part of UTF-8. */
    boolean accepts(ByteBuf in, int index, int length) {
        for (int at = index; at < index + length; at++) {
            if (!accepts(in.getUnsignedByte(at))) {
                return false;
            }
        }
        return true;
    }

    private boolean accepts(int next) {
        if (missing > 0) {
            boolean good = next >= low && next <= high;
            missing--;
            low = CONTINUATION_LOW;
            high = CONTINUATION_HIGH;
            return good;
        }
        if (next < 0x80) {
            return true;
        }
        // Overlong forms, surrogates and what is above U+10FFFF show in the second byte.
        low = next == 0xE0 ? 0xA0 : next == 0xF0 ? 0x90 : CONTINUATION_LOW;
        high = next == 0xED ? 0x9F : next == 0xF4 ? 0x8F : CONTINUATION_HIGH;
        missing = next < 0xE0 ? 1 : next < 0xF0 ? 2 : 3;
        return next >= 0xC2 && next <= 0xF4;
    }

    /** Whether the text may end here. */
    boolean isComplete() {
        return missing == 0;
    }

    void reset() {
        missing = 0;
    }
}
