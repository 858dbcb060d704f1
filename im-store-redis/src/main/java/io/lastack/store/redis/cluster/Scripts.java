package io.lastack.store.redis.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The scripts of what joins nodes, one file each. */
final class Scripts {
    static final String CLAIM = resource("claim.lua");
    static final String PUT = resource("put.lua");
    static final String LEAVE = resource("leave.lua");
    static final String REVOKE = resource("revoke.lua");

    private Scripts() {}

    private static String resource(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar of the Redis store");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
