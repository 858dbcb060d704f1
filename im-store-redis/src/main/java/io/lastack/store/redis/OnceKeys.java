package io.lastack.store.redis;

import io.lastack.log.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Under what a message is found again when it is repeated: the first bytes of a digest of sender and client id. That two
 * begin alike is seen by the script that compares them with the message, and costs a longer name.
 *
 * @param bytes 1 to 20; part of the layout
 */
record OnceKeys(int bytes) {
    static final OnceKeys USUAL = new OnceKeys(8);

    OnceKeys {
        if (bytes < 1 || bytes > 20) {
            throw new IllegalArgumentException("a digest of " + bytes + " bytes is not allowed; 1 to 20 are");
        }
    }

    byte[] of(UserId sender, byte[] clientId) {
        MessageDigest sha1 = sha1();
        sha1.update(sender.value().getBytes(StandardCharsets.US_ASCII));
        sha1.update((byte) 0);
        return Arrays.copyOf(sha1.digest(clientId), bytes);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
