package io.lastack.transport.tyrus.load;

import io.lastack.EngineCounters;
import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.UserContext;
import io.lastack.transport.tyrus.TyrusServer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The whole server, over a store in memory. The token is the user's name. */
final class LastAckHost implements Host {

    private final EndLines ends = EndLines.begin();
    private final ImEngine engine;
    private final TyrusServer server;

    LastAckHost(HostOptions options) {
        engine = ImEngine.builder(MemoryStore.create())
                .runtime(ImRuntime.system())
                .options(EngineOptions.defaults()
                        .withHeartbeat(options.heartbeat())
                        .withTotalOutboundBytes(options.totalOutboundBytes()))
                .authenticator(credentials -> new AuthOutcome.Accepted(UserContext.of(UserId.of(credentials.token()))))
                .build();
        server = TyrusServer.builder(engine)
                .host("127.0.0.1")
                .port(0)
                .maxConnectionsPerAddress(options.perAddress())
                .acceptTimeout(options.acceptTimeout())
                .start();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public Map<String, Long> answer(List<String> words) {
        return switch (words.get(0)) {
            case "state" -> state();
            case "ends" -> ends.take();
            default -> throw new IllegalArgumentException(words.toString());
        };
    }

    private Map<String, Long> state() {
        EngineCounters counters = engine.counters();
        Map<String, Long> state = new TreeMap<>();
        state.put("sessions", (long) engine.sessions().count());
        state.put("connections", (long) server.connections());
        state.put("conversations", (long) counters.conversationsWatched());
        state.put("outbound", counters.outboundBytes());
        state.put("outboundPeak", counters.outboundBytesPeak());
        state.put("closedForMemory", counters.consumersClosedForMemory());
        state.put("deliveries", counters.deliveries());
        counters.connectionsEnded().forEach((code, count) -> state.put("ended" + code, count));
        return state;
    }
}
