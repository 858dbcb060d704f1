package io.lastack.transport.tyrus;

import com.auth0.jwt.algorithms.Algorithm;
import java.nio.charset.StandardCharsets;

/** Secrets that are long enough for their algorithm (RFC 7518, section 3.2: not shorter than the hash). */
final class JwtSecrets {
    private static final int MIN_BYTES = 32;

    private JwtSecrets() {}

    static Algorithm hmac256(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "the secret has " + bytes.length + " bytes; " + MIN_BYTES + " or more are required");
        }
        return Algorithm.HMAC256(bytes);
    }
}
