package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;

/**
 * A back end that knows nothing but the description: every answer is held against what it says of the operation, of the
 * status and of the body.
 */
final class ApiClient {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final JsonNode description;
    private final URI server;
    private final String token;

    /** An answer, with its body if that is JSON. */
    record Reply(int status, JsonNode json, HttpResponse<String> raw) {
        Reply is(int expected) {
            assertThat(status).as(raw.body()).isEqualTo(expected);
            return this;
        }

        String detail() {
            return json.path("detail").asText();
        }

        long seq() {
            return json.path("seq").asLong();
        }
    }

    ApiClient(URI server, String token) {
        this.server = server;
        this.token = token;
        try {
            this.description = JSON.readTree(exchange(HttpRequest.newBuilder(server.resolve("/openapi.json"))
                            .build())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ApiClient with(String otherToken) {
        return new ApiClient(server, otherToken);
    }

    Reply get(String path) {
        return call("GET", path, null);
    }

    Reply post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    Reply put(String path, String body, String... headers) {
        return call("PUT", path, body, headers);
    }

    Reply delete(String path, String... headers) {
        return call("DELETE", path, null, headers);
    }

    /** @param body with apostrophes for quotation marks, or null */
    Reply call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = request(path);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                    .header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return checked(method, path, exchange(request.build()));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve("/api/v1" + path)).header("Authorization", "Bearer " + token);
    }

    static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Holds an answer against the description. */
    Reply checked(String method, String path, HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        JsonNode json = type.contains("json") && !type.contains("jsonl") ? read(response.body()) : null;
        JsonNode operation = operation(method, path);
        if (operation != null) {
            JsonNode described = operation.path("responses").path(Integer.toString(response.statusCode()));
            assertThat(described.isObject())
                    .as("%s %s is described to answer %s: %s", method, path, response.statusCode(), response.body())
                    .isTrue();
            JsonNode content = described.path("content");
            if (content.isEmpty()) {
                assertThat(response.body()).isEmpty();
            } else {
                assertThat(content.has(type))
                        .as("%s is described to be %s", type, content)
                        .isTrue();
                if (json != null) {
                    assertThat(errors(content.path(type).path("schema"), json))
                            .as(json.toString())
                            .isEmpty();
                }
            }
        }
        return new Reply(response.statusCode(), json, response);
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a schema of the description finds wrong. */
    String errors(JsonNode schema, JsonNode json) {
        ObjectNode root = schema.deepCopy();
        root.set("components", description.path("components"));
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root)
                .validate(json);
        return errors.isEmpty() ? "" : errors.toString();
    }

    private JsonNode operation(String method, String path) {
        String plain = path.replaceFirst("\\?.*", "");
        JsonNode best = null;
        for (Map.Entry<String, JsonNode> each : description.path("paths").properties()) {
            String pattern = each.getKey().replaceAll("\\{[a-z]+}", "[^/]+");
            if (plain.matches(pattern)) {
                best = each.getValue().get(method.toLowerCase(Locale.ROOT));
            }
        }
        return best;
    }
}
