package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lastack.proto.WireCodec;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP API of the packaged server, as who has just started it finds it. */
class ApiIT {
    @TempDir
    Path directory;

    @Test
    void whoStartsTheServerOnLoopbackFindsATokenAndATriableApi() throws Exception {
        String token;
        try (ServerProcess server = ServerProcess.start(directory)) {
            Path file = directory.resolve("data/dev-service-tokens");
            server.awaitLine("Its service token is in data/dev-service-tokens");
            token = Files.readString(file).strip();
            assertThat(token).startsWith("dev=").hasSize("dev=".length() + 64);
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);

            assertThat(server.get("/docs").body()).contains("swagger-ui-bundle.js");
            assertThat(server.get("/docs/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
            assertThat(server.get("/docs/swagger-ui.css").statusCode()).isEqualTo(200);
            JsonNode description =
                    new ObjectMapper().readTree(server.get("/openapi.json").body());
            assertThat(description.path("info").path("version").asText()).isNotEqualTo("development");

            WireClient bob = WireClient.join(server, WireCodec.JSON, "bob", "phone", true);
            HttpResponse<String> sent = send(server, token, "hello");
            assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
            bob.awaitCount("direct:bob~system", 1);
            assertThat(String.join("\n", server.log())).doesNotContain(token.substring(4));
            server.stop();

            // The token outlives a restart, and so does what was sent.
            server.start();
            assertThat(send(server, token, "again").body()).contains("\"seq\":2");
        }
    }

    private static HttpResponse<String> send(ServerProcess server, String token, String text) {
        return ServerProcess.exchange(HttpRequest.newBuilder(server.uri("/api/v1/messages"))
                .header("Authorization", "Bearer " + token.substring(4))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"conversation\":\"user:bob\",\"text\":\"" + text + "\"}"))
                .build());
    }
}
