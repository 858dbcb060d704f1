package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.proto.WireCodec;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.UserContext;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every connection of a server gone at the same moment: a third reset, a third ended, a third silent.
 * {@code -Dconnections=9000} for many; two descriptors each are needed, and a heap to match.
 */
class MassCutTest {

    private static final int CONNECTIONS = Integer.getInteger("connections", 60);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    @Test
    void nothingIsLeftOfConnectionsThatAreCutAllAtOnceAndTheirPlacesAreFree() throws Exception {
        long descriptors = descriptors();
        var runtime = ImRuntime.system();
        var engine = ImEngine.builder(MemoryStore.create())
                .runtime(runtime)
                .options(EngineOptions.defaults().withHeartbeat(HEARTBEAT))
                .authenticator(credentials -> new AuthOutcome.Accepted(UserContext.of(UserId.of(credentials.token()))))
                .build();
        try (var server = TyrusServer.builder(engine)
                .host("127.0.0.1")
                .port(0)
                .maxConnectionsPerAddress(CONNECTIONS)
                .start()) {
            for (int round = 0; round < 2; round++) {
                cut(connect(server.port()), engine, server);
            }
            engine.close();
        }
        runtime.close();
        EndpointContract.await(() -> descriptors() <= descriptors + 50);
    }

    private static List<WireClient> connect(int port) throws Exception {
        List<WireClient> clients = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(
                    WireClient.connect(port, WireCodec.PROTO, "?device=d", "Authorization: Bearer user-" + i + "\r\n"));
        }
        report("connected", begin);
        return clients;
    }

    /** The limit by address is the number of connections: one that was counted out never or twice would show. */
    private static void cut(List<WireClient> clients, ImEngine engine, TyrusServer server) throws Exception {
        var last = clients.get(CONNECTIONS - 1);
        assertThat(last.next(ServerFrame.Welcome.class).user()).isEqualTo("user-" + (CONNECTIONS - 1));
        last.send(WireClient.message(2, "user:user-0", "m", "so that a conversation is watched"));
        last.next(ServerFrame.Reply.class);
        assertThat(engine.counters().conversationsWatched()).isPositive();
        long begin = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            switch (i % 3) {
                case 0 -> clients.get(i).raw.reset();
                case 1 -> clients.get(i).raw.shutdown();
                default -> {} // Says nothing from now on, not even to pings.
            }
        }
        EndpointContract.await(() -> engine.sessions().count() == 0
                && server.connections() == 0
                && engine.counters().conversationsWatched() == 0);
        report("all gone", begin);
        for (var client : clients) {
            client.close();
        }
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }

    private static void report(String what, long begin) {
        System.out.printf(
                "%d connections: %s after %d ms, %d descriptors%n",
                CONNECTIONS, what, Duration.ofNanos(System.nanoTime() - begin).toMillis(), descriptors());
    }
}
