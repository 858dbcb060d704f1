package io.lastack.internal.cluster;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes values out again, in the order in which {@link SignalWriter} put them in. */
final class SignalReader {
    private final byte[] bytes;
    private int at;

    SignalReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException here and below, if the bytes do not hold such a value */
    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    private byte next() {
        if (at >= bytes.length) {
            throw new IllegalArgumentException("the signal ends early");
        }
        return bytes[at++];
    }

    boolean flag() {
        return next() != 0;
    }

    byte[] data() {
        int length = length();
        byte[] value = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return value;
    }

    String text() {
        int length = length();
        String value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    /** How many bytes or values follow: each takes a byte at least. */
    private int length() {
        long length = number();
        if (length < 0 || length > bytes.length - at) {
            throw new IllegalArgumentException("a length of " + length + " is more than the signal has");
        }
        return (int) length;
    }

    <T> List<T> list(Supplier<T> each) {
        int count = length();
        List<T> values = new ArrayList<>(Math.min(count, 1_024));
        for (int i = 0; i < count; i++) {
            values.add(each.get());
        }
        return values;
    }

    UserId user() {
        return UserId.of(text());
    }

    List<UserId> users() {
        return list(this::user);
    }

    ConversationId conversation() {
        return ConversationId.parse(text());
    }

    Body body() {
        String text = flag() ? text() : null;
        byte[] data = flag() ? data() : null;
        return new Body(text, data);
    }

    @Nullable
    Message message(ConversationId conversation, long seq) {
        if (!flag()) {
            return null;
        }
        long sentAt = number();
        UserId sender = user();
        ClientMessageId id = ClientMessageId.of(text());
        return new Message(conversation, seq, sentAt, sender, id, content());
    }

    private Content content() {
        String kind = text();
        String type = text();
        boolean isText = flag();
        byte[] data = data();
        Map<String, String> ext = new HashMap<>();
        for (int left = length(); left > 0; left--) {
            ext.put(text(), text());
        }
        return new Content(kind, type, Payload.wrap(isText, data), ext, number(), users(), number());
    }
}
