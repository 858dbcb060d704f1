package io.lastack.internal.session;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.StoreException;
import io.lastack.session.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a failure is told to a client: in words that help it, and no more. */
public final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    private static final int RETRY_MILLIS = 1_000;

    static final Status NO_ROOM = new Status(
            503, "the memory for what waits to be written is short, and this answer is large; try again", RETRY_MILLIS);

    private Failures() {}

    public static Status status(RuntimeException failure) {
        if (failure instanceof InvalidRequestException invalid) {
            return new Status(
                    invalid.reason().code(), String.valueOf(invalid.getMessage()), invalid.retryAfterMillis());
        }
        if (failure instanceof StoreException store && store.retryable()) {
            return new Status(
                    503, "the store is not available; try again, with the same clientMessageId", RETRY_MILLIS);
        }
        log.error("a request failed", failure);
        return Status.of(500, "internal error");
    }
}
