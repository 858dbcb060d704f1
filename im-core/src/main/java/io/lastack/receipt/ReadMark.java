package io.lastack.receipt;

import io.lastack.log.UserId;
import java.util.Objects;

/**
 * That a member has read a message.
 *
 * @param user who
 * @param at when the member's {@code lastRead} came to where it is, in milliseconds since the epoch. A member who has
 *     read further since had read this message by then, perhaps earlier: one time per member is kept, not one per
 *     message
 */
public record ReadMark(UserId user, long at) {
    /** @throws IllegalArgumentException if {@code at} is negative */
    public ReadMark {
        Objects.requireNonNull(user, "user");
        if (at < 0) {
            throw new IllegalArgumentException("at " + at + " is not allowed; 0 or more is");
        }
    }
}
