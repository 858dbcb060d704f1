package io.lastack.spi;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The power to keep the positions of conversations that lie in another store. It knows nothing of these: whoever raises a
 * position has asked that store ({@link PositionsElsewhere}) whether it may stand there. What is kept here is apart from the
 * {@link Cursors} of this store's own conversations.
 *
 * <p>A position is a maximum: it never falls, until it is forgotten, and it survives that its user leaves and comes back.
 * Raising is monotone, idempotent and commutative, so that nothing has to be atomic with the log, and a call whose effect is
 * unknown may be made again. Safe for several threads, and for several engines over one store.
 *
 * <p>A store that has {@link UserExport} tells the devices that are noted here, and those that have a position here, among
 * its {@link UserExport#devices}.
 *
 * <p>Every method fails with {@link io.lastack.error.StoreException} where the store cannot answer.
 */
public interface Positions {
    /**
     * Notes a device as one that begins: it has to be given its first positions before {@link #registered} is told.
     *
     * @return whether this still has to be done; false once {@link #registered} was told of the device. True more than once
     *     where callers come together, or one stopped half way
     */
    boolean starting(UserId user, DeviceId device);

    /**
     * Notes that a device has its first positions.
     *
     * @return true for exactly one caller; of a device that is noted so already, false
     */
    boolean registered(UserId user, DeviceId device);

    /**
     * Moves ack cursors up, with the time of each. Where one does not move, its time stays too; raising one to 0 moves
     * nothing. All or nothing for the list as a whole where the store has transactions; otherwise each by itself. The device
     * need not be noted.
     *
     * @param advances sorted by key, at most one per key; may be empty
     * @return one answer per advance, in the order of the list: whether the position is now higher than it was
     * @throws IllegalArgumentException if the list is not sorted so; nothing was changed
     */
    List<Boolean> raiseAcks(List<AckAdvance> advances);

    /**
     * Moves read cursors up, with the time of each, on the terms of {@link #raiseAcks}.
     *
     * @param advances sorted by conversation and user, at most one for each; may be empty
     * @return one answer per advance, in the order of the list: whether the position is now higher than it was
     * @throws IllegalArgumentException if the list is not sorted so; nothing was changed
     */
    List<Boolean> raiseReads(List<ReadAdvance> advances);

    /**
     * The positions at some places; those without any are left out. One round trip where the store can.
     *
     * @param places may be empty, and hold one twice
     */
    Map<Place, Standing> standings(Collection<Place> places);

    /** The positions of everybody who has any in a conversation; one round trip where the store can. */
    Map<UserId, Standing> standings(ConversationId conversation);

    /**
     * Forgets the positions of a user in some conversations, and all devices noted of the user: for its erasure. Idempotent;
     * in a store with transactions one durable commit.
     *
     * @param conversations may be empty: then the devices are forgotten and no position is
     */
    void forget(UserId user, Collection<ConversationId> conversations);
}
