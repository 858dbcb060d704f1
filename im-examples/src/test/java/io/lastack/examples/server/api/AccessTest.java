package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.UserId;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final String ONE = "one-".repeat(8);
    private static final String TWO = "two-".repeat(8);

    @TempDir
    Path directory;

    @Test
    void withoutAnyTokenTheApiIsOff() {
        try (ApiServer server = ApiServer.start(directory, ApiOptions.off())) {
            for (String path : List.of("/api/v1/presence", "/openapi.json", "/docs")) {
                var answer =
                        ApiClient.exchange(HttpRequest.newBuilder(server.uri().resolve(path))
                                .header("Authorization", "Bearer ")
                                .build());
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void aTokenIsRotatedWithoutARestart() throws Exception {
        Path file = directory.resolve("tokens");
        Files.writeString(file, "# who may call\nshop=" + ONE + "\n");
        ApiOptions options = new ApiOptions(file, ServiceTokens.none(), UserId.of("system"));
        try (ApiServer server = ApiServer.start(directory, options)) {
            ApiClient one = new ApiClient(server.uri(), ONE);
            ApiClient two = new ApiClient(server.uri(), TWO);
            one.get("/presence").is(200);
            two.get("/presence").is(401);

            Files.writeString(file, "shop=" + ONE + "\nshop-2=" + TWO + "\n");
            one.get("/presence").is(200);
            two.get("/presence").is(200);

            Files.writeString(file, "shop-2=" + TWO + "\n# the old one is gone\n");
            one.get("/presence").is(401);
            two.get("/presence").is(200);

            Files.writeString(file, "shop-2=short");
            two.get("/presence").is(200);
            Files.delete(file);
            two.get("/presence").is(200);
        }
    }

    @Test
    void onlyAWholeTokenInABearerHeaderIsTaken() {
        try (ApiServer server = ApiServer.start(directory)) {
            ApiClient client = server.client();
            client.get("/presence").is(200);
            for (String header : List.of(
                    "Bearer " + ApiServer.TOKEN.substring(1),
                    "Bearer " + ApiServer.TOKEN + "x",
                    "Basic " + ApiServer.TOKEN,
                    ApiServer.TOKEN,
                    "Bearer ")) {
                var answer =
                        ApiClient.exchange(HttpRequest.newBuilder(server.uri().resolve("/api/v1/presence"))
                                .header("Authorization", header)
                                .build());
                client.checked("GET", "/presence", answer).is(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"lastack\"");
            }
            assertThat(ApiClient.exchange(HttpRequest.newBuilder(
                                            server.uri().resolve("/api/v1/presence?token=" + ApiServer.TOKEN))
                                    .build())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void weakOrMalformedTokensAreRefusedWithoutBeingRepeated() {
        for (String entry : List.of(
                "shop=short",
                "shop",
                "=" + ONE,
                "shop=" + ONE + "\u00e4",
                "a shop=" + ONE,
                "shop=" + "x".repeat(1025))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ServiceTokens.parse("--service-tokens", List.of("ok=" + TWO, entry)))
                    .withMessageContaining("--service-tokens, entry 2")
                    .withMessageNotContaining(ONE)
                    .withMessageNotContaining("short");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceTokens.parse("file", List.of("a=" + ONE, "a=" + TWO)))
                .withMessageContaining("the name a for the second time");
    }

    @Test
    void theTokensAreInNoText() {
        ServiceTokens tokens = ServiceTokens.parse("test", List.of("a=" + ONE, "b=" + TWO));
        assertThat(tokens.nameOf(ONE)).hasValue("a");
        assertThat(tokens.nameOf(TWO)).hasValue("b");
        assertThat(tokens.nameOf("")).isEmpty();
        assertThat(new ApiOptions(null, tokens, UserId.of("system")).toString())
                .contains("[a, b]")
                .doesNotContain(ONE, TWO);
    }
}
