package io.lastack.examples.server;

import org.jspecify.annotations.Nullable;

/**
 * How this server is one of several.
 *
 * @param redis the URL of the Redis that joins them; null for a server of its own
 * @param nodeId the server's name among them; null to have one drawn
 */
public record NodeOptions(@Nullable String redis, @Nullable String nodeId) {
    static final NodeOptions ALONE = new NodeOptions(null, null);

    /** @throws IllegalArgumentException if an option is wrong */
    public NodeOptions {
        if (redis != null && !redis.matches("rediss?://.+:[0-9]+/?[0-9]*")) {
            throw new IllegalArgumentException(
                    "--redis must be redis://HOST:PORT, or rediss://HOST:PORT for TLS, with USER:PASSWORD@ before HOST if"
                            + " need be");
        }
        if (nodeId != null && !nodeId.matches("[A-Za-z0-9._@+-]{1,64}")) {
            throw new IllegalArgumentException(
                    "--node-id " + nodeId + " is not allowed; 1 to 64 of A-Z a-z 0-9 . _ @ + - are");
        }
        if (nodeId != null && redis == null) {
            throw new IllegalArgumentException("--node-id goes with --redis");
        }
    }

    /** The URL may hold a password. */
    @Override
    public String toString() {
        return redis == null ? "alone" : "joined as " + (nodeId == null ? "a drawn name" : nodeId);
    }
}
