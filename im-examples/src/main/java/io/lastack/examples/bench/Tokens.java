package io.lastack.examples.bench;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** Where the users' tokens come from. */
@FunctionalInterface
interface Tokens {
    String of(String user) throws IOException, InterruptedException;

    /** Signed here, with the secret that the server checks them with. */
    static Tokens signedWith(String secret) {
        Algorithm algorithm = Algorithm.HMAC256(secret);
        Instant expiresAt = Instant.now().plus(Duration.ofHours(12));
        return user -> JWT.create().withSubject(user).withExpiresAt(expiresAt).sign(algorithm);
    }

    /** From a server where dev login is on. */
    static Tokens fromDevLogin(URI webSocketUrl) {
        URI login = URI.create("http://" + webSocketUrl.getAuthority() + "/api/login");
        ObjectMapper json = new ObjectMapper();
        HttpClient client = HttpClient.newHttpClient();
        return user -> {
            HttpRequest request = HttpRequest.newBuilder(login)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"" + user + "\"}"))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("dev login answered " + response.statusCode() + "; give --jwt-secret instead");
            }
            return json.readTree(response.body()).path("token").asText();
        };
    }
}
