package io.lastack.transport.tyrus;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.lastack.error.InvalidRequestException;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Authenticator;
import io.lastack.spi.UserContext;
import java.net.URI;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accepts JSON Web Tokens. Which keys are good, and for which algorithm each, is said here and never taken from a token:
 * what a token's header names is only compared, and its {@code kid} only looked up. Claims: {@code sub} is the user and
 * {@code exp} the end, both required; {@code nbf} is heeded; {@code iat}, in whole seconds, is what revocations go by;
 * {@code device} binds the token to a device, and {@code deviceKind} tells its kind
 * ({@link io.lastack.spi.DevicesPerUser}); {@code roles} and {@code permissions} are lists of strings for the host's own
 * policies.
 *
 * <p>Immutable and safe for use by several threads. Blocks only where keys come from a key set, while that is read.
 */
public final class JwtAuthenticator implements Authenticator {

    /** Longer tokens are refused unread. */
    private static final int MAX_TOKEN_CHARACTERS = 8192;

    private static final Duration DEFAULT_LEEWAY = Duration.ofSeconds(5);
    private static final Duration MAX_LEEWAY = Duration.ofHours(1);

    private final JwtKeySource keys;
    private final Duration leeway;
    private final @Nullable String issuer;
    private final @Nullable String audience;
    private final Clock clock;

    private JwtAuthenticator(
            JwtKeySource keys, Duration leeway, @Nullable String issuer, @Nullable String audience, Clock clock) {
        this.keys = keys;
        this.leeway = leeway;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /**
     * Accepts HS256 with this secret, and, as all of these, a leeway of five seconds for clocks that differ.
     *
     * @throws IllegalArgumentException if the secret has fewer than 32 bytes in UTF-8
     */
    public static JwtAuthenticator hmac256(String secret) {
        return accepting(JwtKey.hmac256(secret));
    }

    /**
     * Accepts HS384 with this secret.
     *
     * @throws IllegalArgumentException if the secret has fewer than 48 bytes in UTF-8
     */
    public static JwtAuthenticator hmac384(String secret) {
        return accepting(JwtKey.hmac384(secret));
    }

    /**
     * Accepts HS512 with this secret.
     *
     * @throws IllegalArgumentException if the secret has fewer than 64 bytes in UTF-8
     */
    public static JwtAuthenticator hmac512(String secret) {
        return accepting(JwtKey.hmac512(secret));
    }

    /**
     * Accepts RS256 of the owner of this key: whoever issues the tokens keeps the private one.
     *
     * @throws IllegalArgumentException if the key has fewer than 2,048 bits
     */
    public static JwtAuthenticator rsa256(RSAPublicKey key) {
        return accepting(JwtKey.rsa256(key));
    }

    /**
     * Accepts ES256 of the owner of this key.
     *
     * @throws IllegalArgumentException if the key is on another curve than P-256
     */
    public static JwtAuthenticator ecdsa256(ECPublicKey key) {
        return accepting(JwtKey.ecdsa256(key));
    }

    private static JwtAuthenticator accepting(JwtKey key) {
        return accepting(any -> key.algorithm());
    }

    /**
     * Accepts several keys, told apart by the token's {@code kid}: to change a key, add the new one, let the issuer go
     * over to it, and leave the old one out once its last token has ended.
     *
     * @param byId one or more; a token without {@code kid} is refused
     */
    public static JwtAuthenticator keys(Map<String, JwtKey> byId) {
        if (byId.isEmpty()) {
            throw new IllegalArgumentException("keys are empty; one or more are required");
        }
        Map<String, JwtKey> known = Map.copyOf(byId);
        return accepting(id -> {
            JwtKey key = id == null ? null : known.get(id);
            return key == null ? null : key.algorithm();
        });
    }

    /**
     * Accepts RS256 and ES256 of the keys in a JSON Web Key Set (RFC 7517), at an {@code https:}, {@code http:} or
     * {@code file:} address. The set is remembered for ten minutes, after which a key that left it is refused. A key that is
     * new is looked for when a token names it, at most every five seconds. While the set cannot be read, what is remembered
     * counts for four hours more; without it nobody is refused, but told to try again.
     *
     * @throws IllegalArgumentException if the address is of another kind
     */
    public static JwtAuthenticator jwks(URI address) {
        return accepting(new JwksKeySource(address));
    }

    private static JwtAuthenticator accepting(JwtKeySource keys) {
        return new JwtAuthenticator(keys, DEFAULT_LEEWAY, null, null, Clock.systemUTC());
    }

    /**
     * How far clocks may differ, in whole seconds.
     *
     * @param leeway from nothing to an hour
     */
    public JwtAuthenticator withLeeway(Duration leeway) {
        if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
            throw new IllegalArgumentException("leeway " + leeway + " is not allowed; zero to " + MAX_LEEWAY + " is");
        }
        return new JwtAuthenticator(keys, leeway, issuer, audience, clock);
    }

    /** Accepts only tokens whose {@code iss} is this. */
    public JwtAuthenticator withIssuer(String issuer) {
        return new JwtAuthenticator(keys, leeway, issuer, audience, clock);
    }

    /** Accepts only tokens whose {@code aud} is or holds this. */
    public JwtAuthenticator withAudience(String audience) {
        return new JwtAuthenticator(keys, leeway, issuer, audience, clock);
    }

    /** Takes the time from this clock. */
    public JwtAuthenticator withClock(Clock clock) {
        return new JwtAuthenticator(keys, leeway, issuer, audience, clock);
    }

    @Override
    public AuthOutcome authenticate(Credentials credentials) {
        if (credentials.token().length() > MAX_TOKEN_CHARACTERS) {
            return new AuthOutcome.Rejected("the token is longer than " + MAX_TOKEN_CHARACTERS + " characters");
        }
        try {
            DecodedJWT token = JWT.decode(credentials.token());
            Algorithm algorithm = keys.find(token.getKeyId());
            return algorithm == null
                    ? new AuthOutcome.Rejected("the token is not valid")
                    : new AuthOutcome.Accepted(context(verifier(algorithm).verify(token)));
        } catch (TokenExpiredException e) {
            return new AuthOutcome.Rejected("the token expired");
        } catch (InvalidRequestException e) {
            return new AuthOutcome.Rejected("the token is valid, but " + e.getMessage());
        } catch (JWTVerificationException e) {
            return new AuthOutcome.Rejected("the token is not valid");
        }
    }

    private JWTVerifier verifier(Algorithm algorithm) {
        var rules = (JWTVerifier.BaseVerification) JWT.require(algorithm);
        rules.acceptLeeway(leeway.toSeconds())
                .ignoreIssuedAt()
                .withClaimPresence("sub")
                .withClaimPresence("exp");
        if (issuer != null) {
            rules.withIssuer(issuer);
        }
        if (audience != null) {
            rules.withAudience(audience);
        }
        return rules.build(clock);
    }

    private UserContext context(DecodedJWT token) {
        return new UserContext(
                UserId.of(token.getSubject()),
                device(token.getClaim(JwtClaims.DEVICE)),
                token.getExpiresAtAsInstant().plus(leeway).toEpochMilli(),
                strings(token, JwtClaims.ROLES),
                strings(token, JwtClaims.PERMISSIONS),
                issuedAt(token),
                string(token.getClaim(JwtClaims.DEVICE_KIND), JwtClaims.DEVICE_KIND));
    }

    /** Before the epoch is as good as not known. */
    private static long issuedAt(DecodedJWT token) {
        Instant at = token.getIssuedAtAsInstant();
        return at == null ? 0 : Math.max(0, at.toEpochMilli());
    }

    /** A claim that is there but no string must not leave the token unbound. */
    private static @Nullable DeviceId device(Claim claim) {
        String device = string(claim, JwtClaims.DEVICE);
        return device == null ? null : DeviceId.of(device);
    }

    private static @Nullable String string(Claim claim, String name) {
        if (claim.isMissing() || claim.isNull()) {
            return null;
        }
        String value = claim.asString();
        if (value == null) {
            throw new InvalidRequestException("its claim " + name + " is not a string");
        }
        return value;
    }

    private static Set<String> strings(DecodedJWT token, String claim) {
        List<String> values = token.getClaim(claim).asList(String.class);
        return values == null ? Set.of() : Set.copyOf(values);
    }
}
