package io.lastack.transport.tyrus;

import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a JSON Web Key Set (RFC 7517). The set is remembered for a while, and longer while it cannot be read; a key
 * that is not in it makes us read it again, which strangers cannot bring about more often than every {@link #PAUSE}.
 */
final class JwksKeySource implements JwtKeySource {
    private static final Logger LOG = LoggerFactory.getLogger(JwksKeySource.class);

    private static final Set<String> SCHEMES = Set.of("https", "http", "file");
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final Duration OUTAGE = Duration.ofHours(4);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_SET_BYTES = 1 << 20;

    private final JWKSource<SecurityContext> keys;

    /** @throws IllegalArgumentException if the address is none that keys can be had from */
    JwksKeySource(URI address) {
        if (address.getScheme() == null || !SCHEMES.contains(address.getScheme().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "the key set is at " + address + "; an https:, http: or file: address is allowed");
        }
        try {
            this.keys = JWKSourceBuilder.create(
                            address.toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_SET_BYTES))
                    .cache(REMEMBERED.toMillis(), 2L * TIMEOUT_MILLIS)
                    .refreshAheadCache(false)
                    .rateLimited(PAUSE.toMillis())
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("the key set's address " + address + " is malformed", e);
        }
    }

    @Override
    public @Nullable Algorithm find(@Nullable String keyId) {
        if (keyId == null) {
            return null;
        }
        try {
            List<JWK> found = keys.get(
                    new JWKSelector(new JWKMatcher.Builder().keyID(keyId).build()), null);
            return found.size() == 1 ? algorithm(found.get(0)) : null;
        } catch (JWKSetUnavailableException e) {
            throw new IllegalStateException("the key set cannot be read", e);
        } catch (JOSEException | IllegalArgumentException e) {
            LOG.debug("no key for a token: {}", e.getMessage());
            return null;
        }
    }

    /** Null for a key that is for encryption, for another algorithm, or of another kind. */
    private static @Nullable Algorithm algorithm(JWK key) throws JOSEException {
        Algorithm algorithm = null;
        if (key instanceof RSAKey rsa) {
            algorithm = JwtKeys.rsa256(rsa.toRSAPublicKey(), null);
        } else if (key instanceof ECKey ec) {
            algorithm = JwtKeys.ecdsa256(ec.toECPublicKey(), null);
        }
        boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean asStated = algorithm != null
                && (key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm.getName()));
        return signs && asStated ? algorithm : null;
    }
}
