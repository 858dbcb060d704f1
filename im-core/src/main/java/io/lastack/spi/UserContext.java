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
 * @param issuedAt when the token was issued, in milliseconds since the epoch; 0 for not known, which {@link Revocations}
 *     takes for earlier than anything
 * @param deviceKind what kind of device the host holds this one for (such as {@code phone}), or null to go by its id
 */
public record UserContext(
        UserId user,
        @Nullable DeviceId device,
        long expiresAt,
        Set<String> roles,
        Set<String> permissions,
        long issuedAt,
        @Nullable String deviceKind) {
    public UserContext {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
        if (issuedAt < 0) {
            throw new IllegalArgumentException("issuedAt " + issuedAt + " is not allowed; 0 or more is");
        }
    }

    /** A user of whose token nothing more is known. */
    public UserContext(
            UserId user, @Nullable DeviceId device, long expiresAt, Set<String> roles, Set<String> permissions) {
        this(user, device, expiresAt, roles, permissions, 0, null);
    }

    /** A user with no roles, whose token does not end. */
    public static UserContext of(UserId user) {
        return new UserContext(user, null, Long.MAX_VALUE, Set.of(), Set.of());
    }

    /** The same with another time of issue, in milliseconds since the epoch. */
    public UserContext withIssuedAt(long millis) {
        return new UserContext(user, device, expiresAt, roles, permissions, millis, deviceKind);
    }

    /** The same with another kind of device. */
    public UserContext withDeviceKind(String kind) {
        return new UserContext(user, device, expiresAt, roles, permissions, issuedAt, kind);
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    public boolean hasPermission(String permission) {
        return permissions.contains(permission);
    }
}
