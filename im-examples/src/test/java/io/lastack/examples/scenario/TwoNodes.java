package io.lastack.examples.scenario;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryBus;
import io.lastack.memory.MemoryPresenceDirectory;
import io.lastack.policy.LengthFilter;
import io.lastack.policy.WordFilter;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.PresenceOptions;
import io.lastack.spi.UndeliveredListener.Undelivered;
import io.lastack.spi.UserContext;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.transport.tyrus.JwtAuthenticator;
import io.lastack.transport.tyrus.JwtIssuer;
import io.lastack.transport.tyrus.TyrusServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Two nodes over one H2 file, joined by a bus, each with a WebSocket endpoint. Guests may not create groups. */
final class TwoNodes implements AutoCloseable {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final JwtIssuer TOKENS = JwtIssuer.hmac256(SECRET);

    final ImRuntime runtime = ImRuntime.system();
    final List<Undelivered> undelivered = new CopyOnWriteArrayList<>();
    final List<ImEngine> engines;
    private final JdbcStore store;
    private final List<TyrusServer> servers;

    TwoNodes(Path folder) {
        store = JdbcStore.open("jdbc:h2:file:" + folder.resolve("chat"));
        MemoryBus bus = MemoryBus.create(runtime);
        MemoryPresenceDirectory directory = MemoryPresenceDirectory.create(runtime);
        engines = IntStream.range(0, 2)
                .mapToObj(node -> ImEngine.builder(store)
                        .runtime(runtime)
                        .nodeId("node-" + node)
                        .bus(bus)
                        .presenceDirectory(directory)
                        .presence(PresenceOptions.defaults().withOfflineGrace(Duration.ofMillis(200)))
                        .authenticator(JwtAuthenticator.hmac256(SECRET))
                        .policy(new MembersOnly())
                        .interceptor(WordFilter.refusing(List.of("plugh")))
                        .interceptor(LengthFilter.characters(1_000))
                        .undeliveredListener(undelivered::addAll, Duration.ofSeconds(1))
                        .build())
                .toList();
        servers = engines.stream()
                .map(engine ->
                        TyrusServer.builder(engine).host("127.0.0.1").port(0).start())
                .toList();
    }

    URI address(int node) {
        return URI.create("ws://127.0.0.1:" + servers.get(node).port() + "/im");
    }

    static String token(UserId user, String role) {
        return TOKENS.issue(user, Set.of(role), Set.of(), Instant.now().plus(Duration.ofMinutes(10)));
    }

    @Override
    public void close() {
        engines.forEach(ImEngine::close);
        servers.forEach(TyrusServer::close);
        store.close();
        runtime.close();
    }

    private static final class MembersOnly implements AccessPolicy {
        @Override
        public boolean mayCreateGroup(UserContext user) {
            return user.hasRole("member");
        }

        @Override
        public boolean mayJoinRoom(UserContext user, String room) {
            return !room.startsWith("private") || user.hasRole("member");
        }
    }
}
