package io.lastack.spi;

import io.lastack.log.Draft;
import org.jspecify.annotations.Nullable;

/**
 * Sees every draft before it is appended: returns it, or a changed one (same conversation, sender and client message id),
 * or refuses it with {@link io.lastack.error.InvalidRequestException}. Called on the path of every send: must not block.
 */
@FunctionalInterface
public interface SendInterceptor {
    Draft intercept(Draft draft);

    /**
     * The same, with who sends, for checks that go by roles and permissions. The engine calls this one.
     *
     * @param sender null where the host sends, in whose name soever
     */
    default Draft intercept(Draft draft, @Nullable UserContext sender) {
        return intercept(draft);
    }
}
