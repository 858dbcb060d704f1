package io.lastack.examples.server.api;

import io.lastack.log.UserId;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may call the HTTP API, and in whose name.
 *
 * @param tokenFile with a service token in each line, read again when it changes; null for none
 * @param given service tokens besides those
 * @param systemUser the sender of what is sent in nobody's name
 */
public record ApiOptions(@Nullable Path tokenFile, ServiceTokens given, UserId systemUser) {
    public static final String SYSTEM = "system";

    /** An API that is off. */
    public static ApiOptions off() {
        return new ApiOptions(null, ServiceTokens.none(), UserId.of(SYSTEM));
    }

    /**
     * What the options say.
     *
     * @param tokens each written {@code NAME=TOKEN}
     * @throws IllegalArgumentException if one of them is wrong
     */
    public static ApiOptions of(@Nullable Path tokenFile, List<String> tokens, String systemUser) {
        return new ApiOptions(tokenFile, ServiceTokens.parse("--service-tokens", tokens), UserId.of(systemUser));
    }

    public ApiOptions withTokenFile(Path file) {
        return new ApiOptions(file, given, systemUser);
    }

    public boolean isOn() {
        return tokenFile != null || !given.isEmpty();
    }

    /** The tokens of any moment. @throws RuntimeException if the file cannot be used */
    Supplier<ServiceTokens> tokens() {
        if (tokenFile == null) {
            return () -> given;
        }
        return new TokenFile(tokenFile, given)::tokens;
    }
}
