package io.lastack.spi;

import io.lastack.log.ClientMessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * For stores: client message ids as bytes, which every database compares exactly, and which take 17 bytes instead of 36 where
 * the id is a UUID in its usual form. Equal ids have equal bytes and others have others; the form never changes, so that a
 * repeat is recognised in data of any age. Use from any thread.
 */
public final class ClientIdCodec {
    private static final byte TEXT = 0;
    private static final byte UUID_BITS = 1;
    private static final int UUID_LENGTH = 36;
    private static final int UUID_BYTES = 16;

    private ClientIdCodec() {}

    /** The bytes of an id: at most one more than its UTF-8. */
    public static byte[] encode(ClientMessageId id) {
        String value = id.value();
        byte[] uuid = new byte[1 + UUID_BYTES];
        if (value.length() == UUID_LENGTH && encodeUuid(value, uuid)) {
            return uuid;
        }
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(TEXT).put(text).array();
    }

    /** False unless the value is a UUID in the very form that decoding gives back: lower case, with its four hyphens. */
    private static boolean encodeUuid(String value, byte[] into) {
        into[0] = UUID_BITS;
        int at = 0;
        for (int n = 1; n <= UUID_BYTES; n++) {
            if (n == 5 || n == 7 || n == 9 || n == 11) {
                if (value.charAt(at++) != '-') {
                    return false;
                }
            }
            int high = digit(value.charAt(at++));
            int low = digit(value.charAt(at++));
            if (high < 0 || low < 0) {
                return false;
            }
            into[n] = (byte) (high << 4 | low);
        }
        return true;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    /** The id that {@link #encode} made these bytes of; of others the answer, or the exception, means nothing. */
    public static ClientMessageId decode(byte[] stored) {
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        byte form = buffer.get();
        if (form == UUID_BITS) {
            return ClientMessageId.of(new UUID(buffer.getLong(), buffer.getLong()).toString());
        }
        return ClientMessageId.of(StandardCharsets.UTF_8.decode(buffer).toString());
    }
}
