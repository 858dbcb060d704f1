package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what {@code docs/http-api.md} shows. */
class ExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "http-api.md");
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z]+ /[^`]*)` \\|", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path directory;

    @Test
    void everyExampleOfThePageIsAnsweredInItsOrder() throws IOException {
        List<String> examples = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> line.startsWith("api "))
                .toList();
        assertThat(examples).hasSizeGreaterThan(20);
        try (ApiServer server = ApiServer.start(
                directory,
                new ApiOptions(
                        null,
                        ServiceTokens.parse("test", List.of("test=" + ApiServer.TOKEN)),
                        io.lastack.log.UserId.of(ApiOptions.SYSTEM)))) {
            ApiClient client = server.client();
            examples.forEach(example -> run(client, example));
        }
    }

    @Test
    void thePageListsExactlyTheOperationsThatThereAre() throws IOException {
        Set<String> described = new TreeSet<>();
        try (ApiServer server = ApiServer.start(directory)) {
            server.client()
                    .description
                    .path("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .fieldNames()
                            .forEachRemaining(method ->
                                    described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        }
        assertThat(ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(described);
    }

    /** Does what curl would do. */
    private static void run(ApiClient client, String example) {
        List<String> words = new ArrayList<>();
        WORD.matcher(example).results().map(ExamplesTest::unquoted).forEach(words::add);
        String path = "";
        String method = null;
        String body = null;
        List<String> headers = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-d" -> body = words.get(++i);
                case "-H" -> headers.addAll(List.of(words.get(++i).split(": ", 2)));
                default -> path = words.get(i).replaceFirst("^\\$API", "");
            }
        }
        HttpRequest.Builder request = client.request(path).header("Content-Type", "application/json");
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        String verb = method != null ? method : body == null ? "GET" : "POST";
        request.method(
                verb, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        assertThat(client.checked(verb, path, ApiClient.exchange(request.build()))
                        .status())
                .as(example)
                .isBetween(200, 299);
    }

    private static String unquoted(MatchResult word) {
        return word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3);
    }
}
