package io.lastack.spi;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated user, with what the host says of it.
 *
 * @param device the device the token is bound to, or null if any
 * @param expiresAt when the token ends, in milliseconds since the epoch; {@link Long#MAX_VALUE} for never
 */
public record UserContext(
        UserId user, @Nullable DeviceId device, long expiresAt, Set<String> roles, Set<String> permissions) {
    public UserContext {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }

    /** A user with no roles, whose token does not end. */
    public static UserContext of(UserId user) {
        return new UserContext(user, null, Long.MAX_VALUE, Set.of(), Set.of());
    }
}
