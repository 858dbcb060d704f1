package io.lastack.spi;

import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;

/**
 * One conversation from the point of view of one device of one of its members.
 *
 * @param name of a group; empty otherwise
 * @param role the one held; of a former member, the last one held
 * @param head the highest seq of the log
 * @param firstSeq the first seq the member may see
 * @param lastSeq the last seq the member may see; {@link Long#MAX_VALUE} while a member
 * @param lastAck the device's floor: what is stored for it, but never below {@code firstSeq - 1}, which is also that of a
 *     device never registered
 * @param lastRead the member's read cursor, as stored (it may be below {@code firstSeq}); 0 for none
 * @param unread how many messages above {@code lastRead} that the member may see count as unread
 *     ({@link io.lastack.log.Content#countsAsUnread}) and are not the member's own
 * @param mentions how many of those name the member ({@link io.lastack.log.Content#mentions}, as edited)
 * @param peerAck in a direct conversation, the highest floor of the other user's devices; 0 otherwise
 * @param peerRead in a direct conversation, the other user's read cursor; 0 otherwise
 * @param mutedUntil see {@link Member#mutedUntil}; of a former member, 0
 * @param settings how the user wants the conversation shown
 */
public record Subscription(
        ConversationId conversation,
        String name,
        Role role,
        long head,
        long firstSeq,
        long lastSeq,
        long lastAck,
        long lastRead,
        long unread,
        long mentions,
        long peerAck,
        long peerRead,
        long mutedUntil,
        ConversationSettings settings) {
    /** The highest seq that exists and that the member may see; {@code firstSeq - 1} or less if there is none. */
    public long visibleHead() {
        return Math.min(head, lastSeq);
    }
}
