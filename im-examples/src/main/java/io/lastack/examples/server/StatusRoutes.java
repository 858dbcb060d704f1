package io.lastack.examples.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lastack.EngineCounters;
import io.lastack.Health;
import io.lastack.ImEngine;
import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /healthz}, for load balancers, and {@code GET /api/status}: what the engine has done so far. */
final class StatusRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ImEngine engine;

    StatusRoutes(ImEngine engine) {
        this.engine = engine;
    }

    void addTo(HttpRoutes.Builder routes) {
        routes.get("/healthz", call -> health());
        routes.get("/api/status", call -> status());
    }

    private HttpReply health() {
        Health health = engine.health();
        List<String> lines = new ArrayList<>(health.isUp() ? List.of("ok") : health.problems());
        lines.addAll(health.warnings());
        return HttpReply.text(health.isUp() ? 200 : 503, String.join("\n", lines) + "\n");
    }

    private HttpReply status() throws JsonProcessingException {
        EngineCounters counters = engine.counters();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("connections", engine.presence().connections());
        status.put("usersOnline", engine.presence().usersOnline().size());
        status.put("conversationsWatched", counters.conversationsWatched());
        status.put("messagesAppended", counters.messagesAppended());
        status.put("appendCommits", counters.appendCommits());
        status.put("appendsWaiting", counters.appendsWaiting());
        status.put("deliveries", counters.deliveries());
        status.put("ackRowsWritten", counters.ackRowsWritten());
        status.put("readRowsWritten", counters.readRowsWritten());
        status.put("receiptsPushed", counters.receiptsPushed());
        status.put("node", engine.nodeId());
        status.put("busConnected", counters.busConnected());
        status.put("peers", counters.peers());
        status.put("signalsSent", counters.signalsSent());
        status.put("signalsReceived", counters.signalsReceived());
        status.put("signalsDropped", counters.signalsDropped());
        status.put("conversationsRepaired", counters.conversationsRepaired());
        return HttpReply.json(200, JSON.writeValueAsString(status)).with("Cache-Control", "no-store");
    }
}
