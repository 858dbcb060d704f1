package io.lastack.client;

import io.lastack.error.InvalidRequestException;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;

/**
 * A message that the server has not confirmed yet.
 *
 * @param target a conversation in canonical form, or {@code user:B} for the direct one with B
 * @param content of kind {@link Content#MESSAGE}, revising nothing: all that can be sent
 */
public record OutboxEntry(String target, ClientMessageId id, Content content) {
    private static final String USER = "user:";

    /** @throws InvalidRequestException if the target is neither, or the content is not a plain message */
    public OutboxEntry {
        if (target.startsWith(USER)) {
            new UserId(target.substring(USER.length()));
        } else {
            ConversationId.parse(target);
        }
        if (!content.kind().equals(Content.MESSAGE) || content.revises() != 0) {
            throw new InvalidRequestException("content of kind " + content.kind() + " revising " + content.revises()
                    + " cannot be sent; kind " + Content.MESSAGE + " revising 0 is allowed");
        }
    }

    static String targetOf(UserId peer) {
        return USER + peer;
    }

    /** The conversation that this goes to when {@code me} sends it. */
    ConversationId conversation(UserId me) {
        return target.startsWith(USER)
                ? ConversationId.direct(me, new UserId(target.substring(USER.length())))
                : ConversationId.parse(target);
    }

    ClientFrame.Send frame(long requestId) {
        return new ClientFrame.Send(
                requestId,
                target,
                id.value(),
                content.type(),
                body(content.payload()),
                content.ext(),
                content.replyTo(),
                content.mentions().stream().map(UserId::value).toList());
    }

    private static Body body(Payload payload) {
        return payload.isText() ? Body.of(payload.asText()) : new Body(null, payload.data());
    }
}
