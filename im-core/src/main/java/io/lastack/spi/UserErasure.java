package io.lastack.spi;

import io.lastack.log.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The power to erase a user's data. When it is done, the user belongs to no conversation and has no position in any, as if
 * it had never belonged there; its devices are unknown, its inbox is trimmed to the end, and its messages are blank:
 * {@link io.lastack.log.Content#erased}, as are all edits of them, whoever made these; its reactions are gone. Seqs, senders, client message ids, times and kinds stay, so that every log keeps
 * its order without a gap, a repeat is still recognised, and others' unread counts and positions are what they were. What
 * others wrote stays, mentions of the user included.
 *
 * <p>The name of the user stays too, as the sender of blank messages and in the ids of direct conversations. It must not be
 * given to anybody again: the direct conversations and the inbox that exist under it have no member of that name any more.
 */
public interface UserErasure {
    /**
     * Does the next step, of about {@code limit} rows. The caller goes on with what the last step returned, until that is
     * null:
     *
     * <pre>{@code
     * String position = null;
     * do {
     *     position = erasure.erase(user, position, 500);
     * } while (position != null);
     * }</pre>
     *
     * <p>One step is one durable commit, all or nothing (in a store whose data lies on several servers, one for each that it
     * touches); the steps together are not, and readers may see some of it done.
     * What is erased stays so whatever comes between; whoever is interrupted starts anew with null, which is harmless and
     * finds less to do, also when all is done already, and for a user that was never there. What the user does while it is
     * being erased may be missed: let it in no more before. Safe for several threads, also for the same user. After an
     * exception, whatever its effect, the same step may be done again.
     *
     * @param position null to begin; otherwise what the step before returned
     * @param limit at least 1
     * @return where to go on, or null if all is done
     * @throws IllegalArgumentException if the limit is less, or the position is not one that this store returned
     * @throws io.lastack.error.StoreException if the store cannot answer
     */
    @Nullable
    String erase(UserId user, @Nullable String position, int limit);
}
