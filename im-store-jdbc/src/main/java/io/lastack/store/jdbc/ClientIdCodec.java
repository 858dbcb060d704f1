package io.lastack.store.jdbc;

import io.lastack.log.ClientMessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Client message ids as bytes: compared exactly by every database, and the usual ones (UUIDs in their usual form) in 17
 * bytes instead of 36, twice a message.
 */
final class ClientIdCodec {
    private static final byte TEXT = 0;
    private static final byte UUID_BITS = 1;
    private static final int UUID_LENGTH = 36;

    private ClientIdCodec() {}

    static byte[] encode(ClientMessageId id) {
        String value = id.value();
        if (value.length() == UUID_LENGTH && value.charAt(8) == '-') {
            byte[] bits = encodeUuid(value);
            if (bits.length > 0) {
                return bits;
            }
        }
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(TEXT).put(text).array();
    }

    /** Empty unless the value is a UUID in the very form that decoding gives back. */
    private static byte[] encodeUuid(String value) {
        try {
            UUID uuid = UUID.fromString(value);
            if (uuid.toString().equals(value)) {
                return ByteBuffer.allocate(17)
                        .put(UUID_BITS)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
            }
        } catch (IllegalArgumentException e) {
            // Not a UUID after all; text it is.
        }
        return new byte[0];
    }

    static ClientMessageId decode(byte[] stored) {
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        byte form = buffer.get();
        if (form == UUID_BITS) {
            return ClientMessageId.of(new UUID(buffer.getLong(), buffer.getLong()).toString());
        }
        return ClientMessageId.of(StandardCharsets.UTF_8.decode(buffer).toString());
    }
}
