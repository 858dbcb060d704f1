package io.lastack.log;

import io.lastack.error.InvalidRequestException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that is not in the log yet.
 *
 * @param clientMessageId the sender's name for it; null lets the engine draw one, which gives up idempotence for this
 *     draft (stores always see one)
 * @param change what the append changes besides the log, in the same transaction; null for none. A change of a group is
 *     allowed in that group only, in an entry of kind {@link Content#MEMBERSHIP}, by which whoever reads the log knows that
 *     there was one; a change of what a user has set for itself, in the user's own inbox, in one of kind
 *     {@link Content#SETTINGS}
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
        if (change != null) {
            requirePlace(change, conversation, sender);
            requireKind(change, content);
        }
    }

    private static void requirePlace(Change change, ConversationId conversation, UserId sender) {
        if (change.isOwn() && !conversation.equals(ConversationId.inbox(sender))) {
            throw new InvalidRequestException("a change of a user's own settings is not allowed in " + conversation
                    + ", only in the sender's inbox");
        }
        if (!change.isOwn() && conversation.kind() != ConversationId.Kind.GROUP) {
            throw new InvalidRequestException("a change is not allowed in " + conversation + ", only in a group");
        }
    }

    private static void requireKind(Change change, Content content) {
        String kind = change.isOwn() ? Content.SETTINGS : Content.MEMBERSHIP;
        if (!content.kind().equals(kind)) {
            throw new InvalidRequestException(
                    "a change is not allowed in an entry of kind " + content.kind() + ", only in one of kind " + kind);
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
