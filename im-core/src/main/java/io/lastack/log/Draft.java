package io.lastack.log;

import io.lastack.error.InvalidRequestException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that is not in the log yet.
 *
 * @param clientMessageId the sender's name for it; null lets the engine draw one, which gives up idempotence for this
 *     draft (stores always see one)
 * @param change what the append changes besides the log (groups and their members), in the same transaction; allowed for
 *     groups only, in an entry of kind {@link Content#MEMBERSHIP}, by which whoever reads the log knows that there was
 *     one; null for none
 */
public record Draft(
        ConversationId conversation,
        UserId sender,
        @Nullable ClientMessageId clientMessageId,
        Content content,
        @Nullable Change change) {
    public Draft {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(content, "content");
        if (content.kind().equals(Content.RECALLED) || content.revisedBy() != 0) {
            throw new InvalidRequestException("a draft is of kind " + content.kind() + " and revised by "
                    + content.revisedBy() + "; any other kind than " + Content.RECALLED
                    + ", revised by 0, is allowed: what is recalled or edited is so by an entry of its own");
        }
        if (change != null && conversation.kind() != ConversationId.Kind.GROUP) {
            throw new InvalidRequestException("a change is not allowed in " + conversation + ", only in a group");
        }
        if (change != null && !content.kind().equals(Content.MEMBERSHIP)) {
            throw new InvalidRequestException("a change is not allowed in an entry of kind " + content.kind()
                    + ", only in one of kind " + Content.MEMBERSHIP);
        }
    }

    public static Draft of(UserId sender, ConversationId conversation, Content content) {
        return new Draft(conversation, sender, null, content, null);
    }

    public static Draft text(UserId sender, ConversationId conversation, String text) {
        return of(sender, conversation, Content.text(text));
    }

    /** The same draft under the sender's own id, which makes sending it again harmless. */
    public Draft withClientMessageId(ClientMessageId id) {
        return new Draft(conversation, sender, id, content, change);
    }

    /** The client message id. @throws NullPointerException if none was given yet */
    public ClientMessageId requireClientMessageId() {
        return Objects.requireNonNull(clientMessageId, "clientMessageId");
    }

    /** The message that this draft becomes at {@code seq}. */
    public Message at(long seq, long sentAt) {
        return new Message(conversation, seq, sentAt, sender, requireClientMessageId(), content);
    }
}
