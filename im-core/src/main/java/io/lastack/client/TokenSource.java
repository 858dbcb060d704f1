package io.lastack.client;

/**
 * Where a client gets its tokens. Asked at each connect, and again before a token ends. May block, and must come to an
 * end; called off the client's own executor, at most once at a time. An exception counts as a failed attempt to connect
 * (or to refresh), and another follows.
 */
@FunctionalInterface
public interface TokenSource {
    Token fresh() throws Exception;

    /** The same token each time, which does not end. Once it is refused, the client stops. */
    static TokenSource of(String token) {
        Token fixed = new Token(token, Long.MAX_VALUE);
        return () -> fixed;
    }

    /**
     * A token.
     *
     * @param expiresAt when it ends, in milliseconds since the epoch; {@link Long#MAX_VALUE} for never
     */
    record Token(String value, long expiresAt) {
        @Override
        public String toString() {
            return "Token[value=(hidden), expiresAt=" + expiresAt + "]";
        }
    }
}
