package io.lastack.spi;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The power of the store of a log to answer where the positions are kept in another store ({@link Positions}): what those
 * cannot know. Changes nothing; safe for several threads. Each answer is true at one instant.
 *
 * <p>Every method fails with {@link io.lastack.error.StoreException} where the store cannot answer.
 */
public interface PositionsElsewhere {
    /**
     * What each user may see of each conversation that it belongs or belonged to; other places are left out. One statement
     * where the store can. What was answered once stays right as a bound: what a user may see, a former member included,
     * never ends earlier than it did.
     *
     * @param places may be empty, and hold one twice
     */
    Map<Place, Visible> visible(Collection<Place> places);

    /**
     * Some of the conversations of a user, as {@link Memberships#subscriptions} tells them, but with positions that the caller
     * knows: {@code lastRead} is the one that was given, and {@code unread} and {@code mentions} are counted above it;
     * {@code lastAck}, {@code peerAck} and {@code peerRead} say nothing. One statement where the store can.
     *
     * @param reads the conversations, each with the user's read cursor in it, 0 for none (which may be higher than the log:
     *     then nothing is unread); may be empty. Those that the user never belonged to are left out of the answer
     * @return each once, in no particular order
     */
    List<Subscription> subscriptions(UserId user, Map<ConversationId, Long> reads);
}
