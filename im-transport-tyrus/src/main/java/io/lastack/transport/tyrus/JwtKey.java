package io.lastack.transport.tyrus;

import com.auth0.jwt.algorithms.Algorithm;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** A key to check tokens with, and the one algorithm that it is for. Immutable. */
public final class JwtKey {
    private final Algorithm algorithm;

    private JwtKey(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    /**
     * A secret for HS256.
     *
     * @throws IllegalArgumentException if it has fewer than 32 bytes in UTF-8
     */
    public static JwtKey hmac256(String secret) {
        return new JwtKey(JwtKeys.hmac256(secret));
    }

    /**
     * A secret for HS384.
     *
     * @throws IllegalArgumentException if it has fewer than 48 bytes in UTF-8
     */
    public static JwtKey hmac384(String secret) {
        return new JwtKey(JwtKeys.hmac384(secret));
    }

    /**
     * A secret for HS512.
     *
     * @throws IllegalArgumentException if it has fewer than 64 bytes in UTF-8
     */
    public static JwtKey hmac512(String secret) {
        return new JwtKey(JwtKeys.hmac512(secret));
    }

    /**
     * The public key of an issuer that signs with RS256.
     *
     * @throws IllegalArgumentException if it has fewer than 2,048 bits
     */
    public static JwtKey rsa256(RSAPublicKey key) {
        return new JwtKey(JwtKeys.rsa256(key, null));
    }

    /**
     * The public key of an issuer that signs with ES256.
     *
     * @throws IllegalArgumentException if it is on another curve than P-256
     */
    public static JwtKey ecdsa256(ECPublicKey key) {
        return new JwtKey(JwtKeys.ecdsa256(key, null));
    }

    Algorithm algorithm() {
        return algorithm;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return algorithm.getName() + " key";
    }
}
