package io.lastack.examples.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lastack.client.TokenSource;
import io.lastack.log.UserId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Tokens from the dev login of the standalone server. */
final class DevTokens implements TokenSource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI login;
    private final UserId user;

    DevTokens(URI page, UserId user) {
        this.login = page.resolve("/api/login");
        this.user = user;
    }

    @Override
    public Token fresh() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(login)
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("user", user.value()))))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the server's log-in answered " + response.statusCode());
        }
        JsonNode answer = JSON.readTree(response.body());
        return new Token(answer.path("token").asText(), answer.path("expiresAt").asLong());
    }
}
