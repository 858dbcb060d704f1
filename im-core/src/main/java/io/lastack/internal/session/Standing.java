package io.lastack.internal.session;

/**
 * A member's view of one conversation.
 *
 * @param visibleHead the highest seq that this session knows of and that the user may see
 * @param member false for a former member
 * @param mutedUntil before then the user may not send here, in milliseconds since the epoch; 0 for not muted
 */
public record Standing(long firstSeq, long visibleHead, boolean member, long lastRead, long mutedUntil) {}
