package io.lastack.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a message: text, or opaque bytes. Text is held as UTF-8, so that a message is encoded once for the store
 * and every binary codec. {@code toString} never shows the content.
 */
public final class Payload {
    /** No body: an empty text. */
    public static final Payload EMPTY = new Payload(true, new byte[0]);

    private final boolean text;
    private final byte[] data;

    private Payload(boolean text, byte[] data) {
        this.text = text;
        this.data = data;
    }

    /** @throws io.lastack.error.InvalidRequestException if the text has U+0000 or an unpaired surrogate */
    public static Payload text(String text) {
        TextRules.requireStorable("text", text, true);
        return text.isEmpty() ? EMPTY : new Payload(true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Opaque bytes; copied. */
    public static Payload bytes(byte[] bytes) {
        return new Payload(false, bytes.clone());
    }

    /**
     * For stores and codecs: takes the array as it is, which the caller must not touch again.
     *
     * @param text whether {@code data} is (valid) UTF-8 text
     */
    public static Payload wrap(boolean text, byte[] data) {
        return new Payload(text, data);
    }

    public boolean isText() {
        return text;
    }

    /** Size in bytes (of the UTF-8 form for text). */
    public int size() {
        return data.length;
    }

    /** The text. @throws IllegalStateException if this is not text */
    public String asText() {
        if (!text) {
            throw new IllegalStateException("the payload is bytes, not text");
        }
        return new String(data, StandardCharsets.UTF_8);
    }

    /** The bytes themselves (UTF-8 for text), not a copy: for stores and codecs, which must not change them. */
    public byte[] data() {
        return data;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && text == that.text && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Boolean.hashCode(text) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return (text ? "text of " : "bytes of ") + data.length + " bytes";
    }
}
