package io.lastack.store.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * How far a walk through the logs has come: everything in conversations with lower numbers, and in this one up to the seq.
 *
 * @param seq {@link Long#MAX_VALUE} for the whole conversation
 */
record LogPlace(long conversation, long seq) {
    static final LogPlace START = new LogPlace(0, Long.MAX_VALUE);

    private static final char SEPARATOR = ':';

    /** @throws IllegalArgumentException if the text is not one that {@link #text} made */
    static LogPlace parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        int separator = text.indexOf(SEPARATOR);
        try {
            return new LogPlace(
                    Long.parseLong(text.substring(0, Math.max(0, separator))),
                    Long.parseLong(text.substring(separator + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("position " + text + " is not one that this store returned", e);
        }
    }

    String text() {
        return "" + conversation + SEPARATOR + seq;
    }
}
