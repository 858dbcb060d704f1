package io.lastack.session;

import org.jspecify.annotations.Nullable;

/**
 * What a connection brought along when it was opened.
 *
 * @param token from {@code Authorization: Bearer}, or null if hello will carry it
 * @param deviceId from the query parameter {@code device}, or null
 */
public record Handshake(@Nullable String token, @Nullable String deviceId) {
    public static final Handshake NONE = new Handshake(null, null);

    @Override
    public String toString() {
        return "Handshake[token=" + (token == null ? "none" : "(hidden)") + ", deviceId=" + deviceId + "]";
    }
}
