package io.lastack.internal.session;

import io.lastack.log.DeviceId;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.Authenticator.Credentials;
import io.lastack.spi.UserContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a token must pass, at a login and before there is a connection. Everything here may block. */
public final class TokenCheck {
    static final String REVOKED = "the token was revoked";
    static final String OTHER_DEVICE = "the token is of another device";

    private TokenCheck() {}

    /**
     * Why a login with this token would be refused, as far as that can be told.
     *
     * @param stated what the client calls its device, or null if that is not known yet; then only a token that names its
     *     device can be told to be revoked
     */
    public static Optional<String> refusal(
            SessionServices services, Credentials credentials, @Nullable DeviceId stated) {
        AuthOutcome outcome = check(services, credentials);
        if (outcome instanceof AuthOutcome.Rejected rejected) {
            return Optional.of(rejected.reason());
        }
        UserContext user = ((AuthOutcome.Accepted) outcome).user();
        DeviceId bound = user.device();
        if (stated != null && bound != null && !stated.equals(bound)) {
            return Optional.of(OTHER_DEVICE);
        }
        DeviceId device = stated == null ? bound : stated;
        return device != null && isRevoked(services, user, device) ? Optional.of(REVOKED) : Optional.empty();
    }

    /** Asks the authenticator; a token that has ended meanwhile is rejected too. */
    static AuthOutcome check(SessionServices services, Credentials credentials) {
        AuthOutcome outcome = services.authenticator().authenticate(credentials);
        return outcome instanceof AuthOutcome.Accepted accepted
                        && accepted.user().expiresAt() <= services.runtime().currentTimeMillis()
                ? new AuthOutcome.Rejected("the token expired")
                : outcome;
    }

    static boolean isRevoked(SessionServices services, UserContext user, DeviceId device) {
        return services.revocations().isRevoked(user.user(), device, user.issuedAt());
    }
}
