package io.lastack.session;

import io.lastack.log.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A body as it came over the wire: text, bytes, neither or (an error) both.
 *
 * @param bytes not copied; must not be changed afterwards
 */
@SuppressWarnings("ArrayRecordComponent")
public record Body(@Nullable String text, byte @Nullable [] bytes) {
    public static final Body NONE = new Body(null, null);

    public static Body of(String text) {
        return new Body(text, null);
    }

    /** @throws io.lastack.error.InvalidRequestException if both are given, or the text cannot be stored */
    public Payload toPayload() {
        if (text != null && bytes != null) {
            throw new io.lastack.error.InvalidRequestException("text and body are both given; one of them is allowed");
        }
        if (bytes != null) {
            return Payload.wrap(false, bytes);
        }
        return text == null ? Payload.EMPTY : Payload.text(text);
    }

    /** Never the content. */
    @Override
    public String toString() {
        return text != null ? "text" : bytes != null ? "bytes" : "none";
    }
}
