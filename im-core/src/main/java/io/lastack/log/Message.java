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
}
