package io.lastack.spi;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were good and are no longer. Asked at every login, after the {@link Authenticator} has accepted the token;
 * may block. One instance may serve several engines. An engine tells its revocations to the others on the bus, which call
 * {@link #revoke} of theirs; what a node that starts later, or that the bus did not reach, is to heed must be kept where all of
 * them look. Safe for several threads.
 */
public interface Revocations {
    /**
     * From now on refuses tokens of a user that were issued before a time. Raises what was said before, and never lowers it.
     *
     * @param device only where this device logs in; null for all of the user's
     * @param before in milliseconds since the epoch
     */
    void revoke(UserId user, @Nullable DeviceId device, long before);

    /**
     * Whether a token of the user is refused on this device.
     *
     * @param issuedAt when the token was issued, in milliseconds since the epoch; 0 for not known, which is before any time
     */
    boolean isRevoked(UserId user, DeviceId device, long issuedAt);
}
