package io.lastack.spi;

import io.lastack.log.ConversationId;

/**
 * How far a log reaches.
 *
 * @param trimmedThrough messages up to and including this seq are gone; 0 if none
 * @param head the highest seq
 * @param oldestSentAt when the message above {@code trimmedThrough} was sent, in milliseconds since the epoch;
 *     {@link Long#MAX_VALUE} if there is none
 */
public record LogExtent(ConversationId conversation, long trimmedThrough, long head, long oldestSentAt) {
    public LogExtent {
        if (trimmedThrough < 0 || head < trimmedThrough) {
            throw new IllegalArgumentException("a log of " + conversation + " trimmed through " + trimmedThrough
                    + " with its head at " + head + " is not allowed; 0 <= trimmedThrough <= head is");
        }
    }
}
