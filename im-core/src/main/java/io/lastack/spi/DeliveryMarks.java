package io.lastack.spi;

import io.lastack.log.ConversationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The power to remember of each conversation through which seq somebody has looked for undelivered messages: what
 * {@link UndeliveredListener} needs to hear of each once, through restarts and among several engines. Safe for several
 * threads and engines.
 */
public interface DeliveryMarks {
    /**
     * A conversation as it stands.
     *
     * @param through the mark; 0 if it was never moved
     * @param head the highest seq of the log
     */
    record Mark(ConversationId conversation, long through, long head) {}

    /**
     * The marks of all conversations that have messages, in ascending order of conversation.
     *
     * @param after only conversations above this one; null from the start
     * @param limit at least 1
     * @throws IllegalArgumentException if the limit is less
     * @throws io.lastack.error.StoreException if the store cannot answer
     */
    List<Mark> marks(@Nullable ConversationId after, int limit);

    /** The mark of one conversation; 0 if it was never moved, or there is no such conversation. */
    long through(ConversationId conversation);

    /**
     * Moves a mark, if it is still where the caller saw it: of several that try, one succeeds. One durable commit. After an
     * exception whose effect is unknown the mark may have been moved.
     *
     * @param expected what the caller saw
     * @param through more than that
     * @return whether this call moved it; false too if there is no such conversation
     * @throws IllegalArgumentException if {@code through} is not more than {@code expected}, or that is less than 0
     * @throws io.lastack.error.StoreException if the store cannot answer
     */
    boolean advance(ConversationId conversation, long expected, long through);
}
