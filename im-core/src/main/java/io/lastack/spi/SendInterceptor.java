package io.lastack.spi;

import io.lastack.log.Draft;

/**
 * Sees every draft before it is appended: returns it, or a changed one (same conversation, sender and client message id),
 * or refuses it with {@link io.lastack.error.InvalidRequestException}. Called on the path of every send: must not block.
 */
@FunctionalInterface
public interface SendInterceptor {
    Draft intercept(Draft draft);
}
