package io.lastack.examples.server.api;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operation, checked against its shapes.
 *
 * @param arguments the parameters of path and query
 * @param body empty where the operation has none
 * @param key the caller's name for this call, or null
 */
record ApiCall(Fields arguments, Fields body, @Nullable ClientMessageId key) {
    UserId user() {
        return arguments.user("user");
    }

    ConversationId group() {
        return ConversationId.group(arguments.text("group"));
    }

    ConversationId conversation() {
        return arguments.conversation("conversation");
    }

    long seq() {
        return arguments.number("seq", 0);
    }

    int limit() {
        return Math.toIntExact(arguments.number("limit", Shapes.PAGE));
    }

    Optional<UserId> after() {
        return arguments.optionalUser("after");
    }
}
