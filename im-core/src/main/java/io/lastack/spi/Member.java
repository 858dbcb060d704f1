package io.lastack.spi;

import io.lastack.log.Change.Role;
import io.lastack.log.UserId;

/**
 * A current member of a conversation.
 *
 * @param role {@link Role#MEMBER} in direct conversations and inboxes
 * @param joinedSeq the seq of the entry that made this user a member; 1 in direct conversations and inboxes
 * @param mutedUntil before then the member may not send, in milliseconds since the epoch; 0 for never muted (a time that
 *     has passed mutes no more), {@link io.lastack.log.Change#FOR_GOOD} for no end
 */
public record Member(UserId user, Role role, long joinedSeq, long mutedUntil) {
    /** A member who was not muted. */
    public Member(UserId user, Role role, long joinedSeq) {
        this(user, role, joinedSeq, 0);
    }
}
