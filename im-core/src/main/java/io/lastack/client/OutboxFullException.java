package io.lastack.client;

import io.lastack.error.ClientException;

/** The outbox holds as many unanswered messages as it may. Nothing was queued; try again when some are answered. */
public final class OutboxFullException extends ClientException {
    private static final long serialVersionUID = 1L;

    OutboxFullException(int capacity) {
        super("the outbox is full: " + capacity + " messages are not answered yet, and no more are allowed", null);
    }
}
