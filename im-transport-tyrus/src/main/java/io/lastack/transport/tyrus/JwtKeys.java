package io.lastack.transport.tyrus;

import com.auth0.jwt.algorithms.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are strong enough for their algorithm: a secret not shorter than the hash (RFC 7518, section 3.2), RSA from
 * 2,048 bits on (section 3.3), the curve P-256 for ES256 (section 3.4).
 */
final class JwtKeys {
    private static final int MIN_RSA_BITS = 2_048;
    private static final int P256_BITS = 256;

    private JwtKeys() {}

    static Algorithm hmac256(String secret) {
        return Algorithm.HMAC256(bytes(secret, 32));
    }

    static Algorithm hmac384(String secret) {
        return Algorithm.HMAC384(bytes(secret, 48));
    }

    static Algorithm hmac512(String secret) {
        return Algorithm.HMAC512(bytes(secret, 64));
    }

    static Algorithm rsa256(@Nullable RSAPublicKey toVerify, @Nullable RSAPrivateKey toSign) {
        requireStrong(toVerify);
        requireStrong(toSign);
        return Algorithm.RSA256(toVerify, toSign);
    }

    static Algorithm ecdsa256(@Nullable ECPublicKey toVerify, @Nullable ECPrivateKey toSign) {
        requireP256(toVerify);
        requireP256(toSign);
        return Algorithm.ECDSA256(toVerify, toSign);
    }

    private static byte[] bytes(String secret, int least) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < least) {
            throw new IllegalArgumentException(
                    "the secret has " + bytes.length + " bytes; " + least + " or more are required");
        }
        return bytes;
    }

    private static void requireStrong(@Nullable RSAKey key) {
        if (key != null && key.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new IllegalArgumentException("the RSA key has "
                    + key.getModulus().bitLength() + " bits; " + MIN_RSA_BITS + " or more are required");
        }
    }

    /** By the size of its field: the JDK has only one curve over a field of 256 bits, and a foreign one does not verify. */
    private static void requireP256(@Nullable ECKey key) {
        if (key != null) {
            int bits = key.getParams().getCurve().getField().getFieldSize();
            if (bits != P256_BITS) {
                throw new IllegalArgumentException(
                        "the EC key is on a curve of " + bits + " bits; ES256 goes with P-256 only");
            }
        }
    }
}
