package io.lastack.transport.tyrus;

import com.auth0.jwt.algorithms.Algorithm;
import org.jspecify.annotations.Nullable;

/** The keys that tokens may be signed with. Safe for use by several threads. */
@FunctionalInterface
interface JwtKeySource {
    /**
     * Key and algorithm for a token. May block.
     *
     * @param keyId the token's {@code kid}: what it claims, good for a look-up and nothing else
     * @return null if there is no such key
     * @throws IllegalStateException if the keys cannot be had now
     */
    @Nullable
    Algorithm find(@Nullable String keyId);
}
