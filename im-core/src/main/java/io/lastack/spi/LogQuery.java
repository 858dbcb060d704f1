package io.lastack.spi;

import io.lastack.log.ConversationId;
import io.lastack.log.SeqRange;

/**
 * Which part of a log to read: the messages of {@code range} in ascending order, as many as fit.
 *
 * @param maxBytes stop once the payloads read reach this many bytes (the message that reaches it is included, so that a
 *     page of a stored range is never empty); at least 1
 */
public record LogQuery(ConversationId conversation, SeqRange range, int maxBytes) {
    public LogQuery {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + " is not allowed; 1 or more is");
        }
    }
}
