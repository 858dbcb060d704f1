package io.lastack.receipt;

import io.lastack.log.UserId;
import java.util.Objects;

/**
 * That a device of a member has a message.
 *
 * @param user who
 * @param at by when, in milliseconds since the epoch: the first device of which it is known had the message by then, perhaps
 *     earlier, for a device has one time, when it last confirmed anything of the conversation, and not one per message. 0 if
 *     it is not known, as where a device began above the message
 */
public record DeliveredMark(UserId user, long at) {
    /** @throws IllegalArgumentException if {@code at} is negative */
    public DeliveredMark {
        Objects.requireNonNull(user, "user");
        if (at < 0) {
            throw new IllegalArgumentException("at " + at + " is not allowed; 0 or more is");
        }
    }
}
