package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptionTest {
    @TempDir
    static Path directory;

    private static ApiServer server;
    private static ApiClient client;

    @BeforeAll
    static void start() {
        server = ApiServer.start(directory);
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theDescriptionIsValidOpenApi() {
        var parsed = new OpenAPIV3Parser().readContents(client.description.toString(), null, new ParseOptions());
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(parsed.getOpenAPI().getPaths()).hasSameSizeAs(client.description.path("paths"));
    }

    @Test
    void everySchemaIsValidJsonSchemaAndEveryReferenceLeadsSomewhere() {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        var schemas = client.description.findValues("schema");
        assertThat(schemas).isNotEmpty();
        schemas.forEach(schema ->
                assertThat(meta.validate(schema)).as(schema.toString()).isEmpty());
        client.description
                .path("components")
                .path("schemas")
                .forEach(schema ->
                        assertThat(meta.validate(schema)).as(schema.toString()).isEmpty());
        for (JsonNode reference : client.description.findValues("$ref")) {
            String pointer = reference.asText().substring(1);
            assertThat(client.description.at(pointer).isObject()).as(pointer).isTrue();
        }
    }

    @Test
    void everyOperationHasANameOfItsOwnATagAndASummary() {
        Set<String> names = new HashSet<>();
        for (JsonNode path : client.description.path("paths")) {
            for (JsonNode operation : path) {
                assertThat(names.add(operation.path("operationId").asText())).isTrue();
                assertThat(operation.path("summary").asText()).isNotBlank();
                assertThat(operation.path("tags").path(0).asText()).isNotBlank();
            }
        }
    }

    @Test
    void everyDescribedOperationAnswersForItselfAndOnlyToWhoHasAToken() {
        int operations = 0;
        for (Map.Entry<String, JsonNode> path : client.description.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String method = operation.getKey().toUpperCase(Locale.ROOT);
                // Wrong for every operation: whoever answers so knows the path, the method and its parameters.
                String wrong = path.getKey().replaceAll("\\{[a-z]+}", "x") + "?unknown=1";
                assertThat(client.call(method, wrong, null).is(400).detail()).contains("unknown (query)");
                client.with("no token that there is, but long enough")
                        .call(method, wrong, null)
                        .is(401);
                HttpResponse<String> options = ApiClient.exchange(HttpRequest.newBuilder(
                                server.uri().resolve("/api/v1" + path.getKey().replaceAll("\\{[a-z]+}", "x")))
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build());
                assertThat(options.statusCode()).isEqualTo(204);
                assertThat(options.headers().firstValue("Allow").orElse("")).contains(method);
                operations++;
            }
        }
        assertThat(operations).isGreaterThan(15);
    }

    @Test
    void thePageAndAllThatItLoadsComeFromTheServerItself() {
        HttpResponse<String> page = fetch("/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("connect-src 'self'");
        assertThat(page.body()).doesNotContain("http://", "https://");
        var loaded = java.util.regex.Pattern.compile("(?:src|href)=\"(/[^\"]+)\"")
                .matcher(page.body())
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(loaded).contains("/docs/swagger-ui-bundle.js", "/docs/docs.js", "/docs/swagger-ui.css");
        for (String each : loaded) {
            assertThat(fetch(each).statusCode()).as(each).isEqualTo(200);
        }
        assertThat(fetch("/docs/swagger-ui-bundle.js").body()).contains("SwaggerUIBundle");
    }

    private static HttpResponse<String> fetch(String path) {
        return ApiClient.exchange(
                HttpRequest.newBuilder(server.uri().resolve(path)).build());
    }
}
