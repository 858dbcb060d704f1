package io.lastack.examples.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is sent, so that the receiver knows whose it is: HMAC-SHA256, keyed with a shared secret, of the time in seconds
 * since the epoch, a full stop, and the body. The receiver computes the same and refuses times that are minutes away.
 */
public final class WebhookSignature {
    private static final int MIN_SECRET_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @throws IllegalArgumentException if the secret has fewer than 32 bytes in UTF-8 */
    public WebhookSignature(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the secret has " + bytes.length + " bytes; " + MIN_SECRET_BYTES + " or more are required");
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** The value of the header {@code X-LastAck-Signature}. */
    public String of(long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** For the receiver: whether this is the signature, compared in constant time. */
    public boolean matches(String signature, long seconds, byte[] body) {
        return MessageDigest.isEqual(
                signature.getBytes(StandardCharsets.UTF_8), of(seconds, body).getBytes(StandardCharsets.UTF_8));
    }
}
