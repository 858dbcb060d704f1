package io.lastack.transport.tyrus;

import io.lastack.session.Handshake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client's opening request says of who it is. */
final class HandshakeReader {

    private static final String SCHEME = "Bearer ";

    private HandshakeReader() {}

    /** Reads headers, whose look-up ignores case, and decoded query parameters. */
    static Handshake read(Map<String, List<String>> headers, Map<String, List<String>> parameters) {
        return new Handshake(
                first(headers, "Authorization").flatMap(HandshakeReader::token).orElse(null),
                first(parameters, "device").orElse(null));
    }

    /** The token of an {@code Authorization} header, or nothing if its scheme is another one. */
    static Optional<String> token(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return bearer
                ? Optional.of(authorization.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    private static Optional<String> first(Map<String, List<String>> map, String name) {
        @Nullable List<String> values = map.get(name);
        return values == null ? Optional.empty() : values.stream().findFirst();
    }
}
