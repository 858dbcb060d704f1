package io.lastack.transport.tyrus.netty;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The token that a stream belongs to, kept as a digest, so that a dump of the memory gives nobody away. */
final class StreamOwner {

    private static final String SCHEME = "Bearer ";

    private final AtomicReference<byte @Nullable []> digest = new AtomicReference<>();

    /** Takes effect once: the first token stays. */
    void bind(String token) {
        digest.compareAndSet(null, digest(token));
    }

    /** Whether a request with this {@code Authorization} may speak for the owner; anybody may while there is none. */
    boolean permits(Optional<String> authorization) {
        byte[] owner = digest.get();
        return owner == null
                || authorization
                        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                        .map(value -> digest(value.substring(SCHEME.length()).strip()))
                        .filter(sent -> MessageDigest.isEqual(owner, sent))
                        .isPresent();
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
