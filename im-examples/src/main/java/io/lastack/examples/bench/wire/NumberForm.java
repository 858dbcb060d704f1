package io.lastack.examples.bench.wire;

import java.nio.charset.StandardCharsets;

/** How a codec writes an integer, always in the same number of bytes, so that it can be put into a frame already encoded. */
enum NumberForm {
    /** A protobuf varint of five bytes: leading zeros are allowed in it. */
    VARINT {
        @Override
        void put(byte[] frame, int at, long value) {
            for (int i = 0; i < 4; i++) {
                frame[at + i] = (byte) ((value >>> (7 * i)) | 0x80);
            }
            frame[at + 4] = (byte) ((value >>> 28) & 0x7f);
        }
    },

    /** Ten characters of JSON: leading zeros are not allowed, spaces after a number are. */
    DIGITS {
        @Override
        void put(byte[] frame, int at, long value) {
            byte[] digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 10; i++) {
                frame[at + i] = i < digits.length ? digits[i] : (byte) ' ';
            }
        }
    };

    /** A value that fills the form, to be looked for in an encoded frame. */
    static final long PLACEHOLDER = 1_000_000_000L;

    /** The largest value that either form holds. */
    static final long MAX = 9_999_999_999L;

    /** @param value 0 to {@link #MAX} */
    abstract void put(byte[] frame, int at, long value);

    byte[] placeholder() {
        byte[] bytes = new byte[this == VARINT ? 5 : 10];
        put(bytes, 0, PLACEHOLDER);
        return bytes;
    }
}
