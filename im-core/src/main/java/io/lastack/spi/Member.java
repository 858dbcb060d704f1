package io.lastack.spi;

import io.lastack.log.Change.Role;
import io.lastack.log.UserId;

/**
 * A current member of a conversation.
 *
 * @param role {@link Role#MEMBER} in direct conversations and inboxes
 * @param joinedSeq the seq of the entry that made this user a member; 1 in direct conversations and inboxes
 */
public record Member(UserId user, Role role, long joinedSeq) {}
