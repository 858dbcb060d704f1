package io.lastack.examples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lastack.EngineCounters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the engine counted up to now, as the server tells at {@code /api/status}.
 *
 * @param figures a flat object's numbers by their names
 */
record EngineStatus(Map<String, Long> figures) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    EngineStatus {
        figures = Map.copyOf(figures);
    }

    /** @return empty if the server at this address of its WebSocket does not tell */
    static Optional<EngineStatus> ask(URI webSocketUrl) throws InterruptedException {
        URI status = URI.create("http://" + webSocketUrl.getAuthority() + "/api/status");
        HttpRequest request = HttpRequest.newBuilder(status).timeout(PATIENCE).build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(parse(response.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static EngineStatus of(EngineCounters counters) {
        return new EngineStatus(Map.of(
                "messagesAppended", counters.messagesAppended(),
                "appendCommits", counters.appendCommits(),
                "deliveries", counters.deliveries(),
                "ackRowsWritten", counters.ackRowsWritten(),
                "readRowsWritten", counters.readRowsWritten(),
                "receiptsPushed", counters.receiptsPushed()));
    }

    static EngineStatus parse(String json) throws IOException {
        Map<String, Long> figures = new HashMap<>();
        JSON.readTree(json).properties().forEach(field -> {
            if (field.getValue().isIntegralNumber()) {
                figures.put(field.getKey(), field.getValue().longValue());
            }
        });
        return new EngineStatus(figures);
    }

    /** 0 if the server does not tell it. */
    long get(String name) {
        return figures.getOrDefault(name, 0L);
    }
}
