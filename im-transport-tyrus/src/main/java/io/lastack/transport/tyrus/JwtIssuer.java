package io.lastack.transport.tyrus;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens that {@link JwtAuthenticator} accepts: for a host's log-in, once it knows who the user is. Immutable and
 * safe for use by several threads.
 *
 * <p>A token tells when it was issued ({@code iat}), for revocations. Both times are whole seconds, at or before the time
 * itself.
 */
public final class JwtIssuer {

    private final Algorithm algorithm;
    private final @Nullable String keyId;
    private final Clock clock;

    private JwtIssuer(Algorithm algorithm, @Nullable String keyId, Clock clock) {
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.clock = clock;
    }

    private static JwtIssuer signing(Algorithm algorithm) {
        return new JwtIssuer(algorithm, null, Clock.systemUTC());
    }

    /** Takes the time of issue from this clock. */
    public JwtIssuer withClock(Clock clock) {
        return new JwtIssuer(algorithm, keyId, clock);
    }

    /** Names its key in the tokens ({@code kid}), for authenticators that know several. */
    public JwtIssuer withKeyId(String id) {
        return new JwtIssuer(algorithm, id, clock);
    }

    /**
     * Signs with HS256 and this secret.
     *
     * @throws IllegalArgumentException if the secret has fewer than 32 bytes in UTF-8
     */
    public static JwtIssuer hmac256(String secret) {
        return signing(JwtKeys.hmac256(secret));
    }

    /**
     * Signs with HS384 and this secret.
     *
     * @throws IllegalArgumentException if the secret has fewer than 48 bytes in UTF-8
     */
    public static JwtIssuer hmac384(String secret) {
        return signing(JwtKeys.hmac384(secret));
    }

    /**
     * Signs with HS512 and this secret.
     *
     * @throws IllegalArgumentException if the secret has fewer than 64 bytes in UTF-8
     */
    public static JwtIssuer hmac512(String secret) {
        return signing(JwtKeys.hmac512(secret));
    }

    /**
     * Signs with RS256 and this key.
     *
     * @throws IllegalArgumentException if the key has fewer than 2,048 bits
     */
    public static JwtIssuer rsa256(RSAPrivateKey key) {
        return signing(JwtKeys.rsa256(null, key));
    }

    /**
     * Signs with ES256 and this key.
     *
     * @throws IllegalArgumentException if the key is on another curve than P-256
     */
    public static JwtIssuer ecdsa256(ECPrivateKey key) {
        return signing(JwtKeys.ecdsa256(null, key));
    }

    /** A token of a user, for any device. */
    public String issue(UserId user, Instant expiresAt) {
        return token(user, expiresAt).sign(algorithm);
    }

    /** A token of a user that is good for one device only. */
    public String issue(UserId user, DeviceId device, Instant expiresAt) {
        return token(user, expiresAt)
                .withClaim(JwtClaims.DEVICE, device.value())
                .sign(algorithm);
    }

    /** A token of a user, for any device, with what the host's policies go by. */
    public String issue(UserId user, Set<String> roles, Set<String> permissions, Instant expiresAt) {
        return token(user, expiresAt)
                .withClaim(JwtClaims.ROLES, List.copyOf(roles))
                .withClaim(JwtClaims.PERMISSIONS, List.copyOf(permissions))
                .sign(algorithm);
    }

    private JWTCreator.Builder token(UserId user, Instant expiresAt) {
        JWTCreator.Builder token = JWT.create()
                .withSubject(user.value())
                .withIssuedAt(clock.instant())
                .withExpiresAt(expiresAt);
        return keyId == null ? token : token.withKeyId(keyId);
    }
}
