package io.lastack.spi;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.List;

/**
 * The positions: one ack cursor per conversation, user and device; one read cursor per conversation and user. Advancing
 * is a maximum: monotone, idempotent, commutative. A stored position never goes down.
 */
public interface Cursors {
    /**
     * Makes a device known. The first time, its ack cursors in all conversations that the user belongs or belonged to at
     * this moment are stored as {@code start} says (never lower than they are); in conversations that the user joins later,
     * or anew, it starts at the user's first visible message. A start at the first visible message is no stored position: where
     * earlier messages become visible, the device starts there. Atomic and idempotent; two calls at once have the effect of
     * one.
     *
     * @return whether the device was new
     */
    boolean register(UserId user, DeviceId device, DeviceStart start);

    /**
     * Moves ack cursors up, with the time of each. Where a cursor does not move, its time stays too; where a device begins at
     * a position of another or at the head, its time is not known. All or nothing for the list as a whole where the store has transactions; otherwise each by
     * itself. One that is refused does not hinder the others. The device need not be registered.
     *
     * @param advances sorted by key, at most one per key; may be empty
     * @return one outcome per advance, in the order of the list
     * @throws IllegalArgumentException if the list is not sorted so; nothing was changed
     */
    List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances);

    /**
     * Moves read cursors up, with the time of each, on the terms of {@link #advanceAcks}. Where a cursor does not move, its
     * time stays too.
     *
     * @param advances sorted by conversation and user, at most one for each; may be empty
     * @return one outcome per advance, in the order of the list
     * @throws IllegalArgumentException if the list is not sorted so; nothing was changed
     */
    List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances);
}
