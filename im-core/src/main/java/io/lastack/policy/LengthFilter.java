package io.lastack.policy;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.spi.SendInterceptor;

/** Refuses texts of more characters than allowed with 413. Bodies that are bytes pass. Immutable. */
public final class LengthFilter implements SendInterceptor {
    private final int most;

    private LengthFilter(int most) {
        this.most = most;
    }

    /** 1,000 characters. */
    public static LengthFilter standard() {
        return characters(1_000);
    }

    /**
     * @param most how many characters a text may have, 1 or more; a character is a code point of Unicode
     * @throws IllegalArgumentException if it is less
     */
    public static LengthFilter characters(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most " + most + " is not allowed; 1 or more is");
        }
        return new LengthFilter(most);
    }

    @Override
    public Draft intercept(Draft draft) {
        Payload payload = draft.content().payload();
        if (payload.isText() && payload.size() > most) {
            String text = payload.asText();
            int length = text.codePointCount(0, text.length());
            if (length > most) {
                throw new InvalidRequestException(
                        Reason.TOO_LARGE, "the text has " + length + " characters; at most " + most + " are allowed");
            }
        }
        return draft;
    }
}
