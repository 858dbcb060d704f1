package io.lastack.internal.request;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.Standing;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.List;

/** What clients call conversations and users, made into what they are. */
final class Addresses {
    private static final String USER_PREFIX = "user:";

    private Addresses() {}

    /** The conversation that this user means; {@code user:B} is the direct one with B. */
    static ConversationId conversation(ClientSession session, String value) {
        return value.startsWith(USER_PREFIX)
                ? ConversationId.direct(session.user(), UserId.of(value.substring(USER_PREFIX.length())))
                : ConversationId.parse(value);
    }

    /** What the session knows of a conversation that its user has or had. */
    static Standing standing(ClientSession session, ConversationId conversation) {
        Standing standing = session.standing(conversation);
        if (standing == null) {
            throw notFound(conversation);
        }
        return standing;
    }

    /** The same answer whether it does not exist or is not this user's: existence is not told to strangers. */
    static InvalidRequestException notFound(ConversationId conversation) {
        return new InvalidRequestException(
                Reason.NOT_FOUND, conversation + " does not exist, or this user is not a member");
    }

    static List<UserId> users(List<String> values) {
        return values.isEmpty() ? List.of() : values.stream().map(UserId::of).toList();
    }
}
