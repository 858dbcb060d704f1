package io.lastack.log;

/**
 * One entry of a conversation's log.
 *
 * @param seq its place: 1, 2, 3 … without gaps
 * @param sentAt when it was appended, in milliseconds since the epoch, by the node's clock; not monotone
 */
public record Message(
        ConversationId conversation,
        long seq,
        long sentAt,
        UserId sender,
        ClientMessageId clientMessageId,
        Content content) {
    public Message {
        if (seq < 1) {
            throw new IllegalArgumentException("seq " + seq + " is not allowed; 1 or more is");
        }
    }

    /**
     * What this message becomes by a later entry, for whoever shows messages: the same with the content that is left or new if
     * the entry recalls or edits it; itself otherwise, also if it came from the log with the revision in it already.
     */
    public Message revised(Message entry) {
        boolean applies = entry.content().isRevision()
                && entry.content().revises() == seq
                && entry.conversation().equals(conversation)
                && entry.seq() > content.revisedBy()
                && content.isRevisable();
        return applies
                ? new Message(
                        conversation,
                        seq,
                        sentAt,
                        sender,
                        clientMessageId,
                        content.revised(entry.content(), entry.seq()))
                : this;
    }
}
