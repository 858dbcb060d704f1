package io.lastack.spi;

import io.lastack.log.ConversationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The power to forget the beginnings of logs. A seq is never given again: appends go on above the head, also when every
 * message below is gone. Memberships and positions stay as they are; deleted messages are no longer unread. A repeat of a
 * deleted message is not recognised and is appended as a new one, so that whoever deletes must leave senders time enough
 * for their repeats ({@link RetentionRule#repeats}).
 *
 * <p>Safe for several threads, and for several engines over one store, whose work then adds up.
 */
public interface LogRetention {
    /**
     * How far the logs of one kind reach, in ascending order of conversation: what a policy needs to know to find the logs
     * that have something to delete. Each is true at one instant, not the page as a whole. Changes nothing.
     *
     * @param after only conversations above this one; null from the start
     * @param limit at least 1
     * @throws IllegalArgumentException if the limit is less
     * @throws io.lastack.error.StoreException if the store cannot answer
     */
    List<LogExtent> extents(ConversationId.Kind kind, @Nullable ConversationId after, int limit);

    /**
     * Deletes the oldest messages of a conversation, in ascending order of seq, and stops before the first that is above
     * {@code through}, was not sent before {@code sentBefore}, or would be one more than {@code atMost}.
     *
     * <p>One call is one durable commit, all or nothing: a reader sees a message and those above it, or is told by
     * {@link LogPage#trimmedThrough} that it is gone. It holds up appends to this conversation while it runs, and no others,
     * so that {@code atMost} is how long they wait. Calling it again with the same bounds is harmless and goes on where the
     * last call stopped; after an exception, whatever its effect, the same call may be made again.
     *
     * @param through delete no message above this seq; at least 0; above the head it means all
     * @param sentBefore delete no message sent at or after this time, in milliseconds since the epoch, and none above one
     *     that was; {@link Long#MAX_VALUE} for any time
     * @param atMost at least 1
     * @return up to which seq messages are gone now; 0 for none, and for a conversation that does not exist. There is nothing
     *     left to delete within these bounds if that is less than {@code atMost} above what it was before.
     * @throws IllegalArgumentException if {@code through} or {@code atMost} is less; nothing was deleted
     * @throws io.lastack.error.StoreException if the store cannot answer
     */
    long trim(ConversationId conversation, long through, long sentBefore, int atMost);
}
