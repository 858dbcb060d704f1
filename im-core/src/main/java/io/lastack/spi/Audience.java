package io.lastack.spi;

import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message is for.
 *
 * @param sender who sent it; null if there is no such message, or no more
 * @param trimmedThrough messages of the conversation up to and including this seq are gone (retention); 0 if none
 * @param members everybody entitled to the message, as {@link Memberships#entitled} tells; empty if there is no such message
 */
public record Audience(@Nullable UserId sender, long trimmedThrough, List<MemberState> members) {
    public Audience {
        members = List.copyOf(members);
    }
}
