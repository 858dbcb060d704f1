package io.lastack.examples.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lastack.error.InvalidRequestException;
import io.lastack.log.UserId;
import io.lastack.transport.tyrus.JwtIssuer;
import io.lastack.transport.tyrus.http.HttpCall;
import io.lastack.transport.tyrus.http.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/login {"user":"alice"}}: a token for any name, or 403 where dev login is off. */
final class DevLogin {
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable JwtIssuer issuer;

    /** @param issuer null where dev login is off */
    DevLogin(@Nullable JwtIssuer issuer) {
        this.issuer = issuer;
    }

    HttpReply handle(HttpCall call) throws JsonProcessingException {
        if (issuer == null) {
            return error(403, "dev login is off: this server takes the tokens of its host");
        }
        UserId user;
        try {
            user = UserId.of(userOf(call));
        } catch (JsonProcessingException e) {
            return error(400, "the body is not JSON; {\"user\":\"alice\"} is expected");
        } catch (InvalidRequestException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
        Instant expiresAt = Instant.now().plus(TOKEN_LIFE);
        String token = issuer.issue(user, expiresAt);
        return HttpReply.json(
                        200, JSON.writeValueAsString(Map.of("token", token, "expiresAt", expiresAt.toEpochMilli())))
                .with("Cache-Control", "no-store");
    }

    private static String userOf(HttpCall call) throws JsonProcessingException {
        JsonNode user = JSON.readTree(call.text()).path("user");
        if (!user.isTextual()) {
            throw new InvalidRequestException("the field user is missing or not a string");
        }
        return user.textValue();
    }

    private static HttpReply error(int status, String message) throws JsonProcessingException {
        return HttpReply.json(status, JSON.writeValueAsString(Map.of("error", message)));
    }
}
