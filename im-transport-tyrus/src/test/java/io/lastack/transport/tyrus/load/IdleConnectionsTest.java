package io.lastack.transport.tyrus.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a connection costs on which nothing happens but heartbeats. {@code -Dconnections=19700} for as many as 20,000
 * descriptors allow, {@code -Dhosts=LASTACK,STOCK_TYRUS} for the servers to compare, {@code -Dservers=3} for so many
 * processes of each at once, {@code -Dheap=256m} for the largest heap of each server, {@code -Dhistograms=DIRECTORY} for
 * what the heaps consist of.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class IdleConnectionsTest {

    private static final int CONNECTIONS = Integer.getInteger("connections", 1_000);
    private static final int SERVERS = Integer.getInteger("servers", 1);
    private static final String HEAP = "-Xmx" + System.getProperty("heap", "1g");
    private static final List<HostKind> HOSTS = Arrays.stream(
                    System.getProperty("hosts", "LASTACK").split(","))
            .map(HostKind::valueOf)
            .toList();
    private static final Duration HEARTBEAT = Duration.ofMillis(CONNECTIONS <= 1_000 ? 2_000 : 15_000);
    private static final int WARM_UP = 200;

    /** Where to leave what the heap consists of. */
    private static final @Nullable String HISTOGRAMS = System.getProperty("histograms");

    private static final long HEAP_GOAL = 8 * 1024;

    @Test
    void aConnectionThatIsIdleTakesNoMoreThanEightKilobytesOfHeapWithItsHeartbeats() throws Exception {
        for (var kind : HOSTS) {
            List<ServerProcess> servers = new ArrayList<>();
            List<CrowdProcess> crowds = new ArrayList<>();
            try {
                for (int i = 0; i < SERVERS; i++) {
                    servers.add(ServerProcess.start(kind, HostOptions.defaults().withHeartbeat(HEARTBEAT), HEAP));
                    crowds.add(CrowdProcess.start());
                }
                measure(kind, servers, crowds);
            } finally {
                for (var each : crowds) {
                    each.close();
                }
                for (var each : servers) {
                    each.close();
                }
            }
        }
    }

    private static void measure(HostKind kind, List<ServerProcess> servers, List<CrowdProcess> crowds)
            throws Exception {
        List<Map<String, Long>> before = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            // By then classes are loaded, and threads have their buffers.
            open(kind, servers.get(i), crowds.get(i), WARM_UP);
            crowds.get(i).leave();
            before.add(servers.get(i).ask("collected"));
        }
        for (int i = 0; i < SERVERS; i++) {
            open(kind, servers.get(i), crowds.get(i), CONNECTIONS);
        }
        long heap = 0;
        for (int i = 0; i < SERVERS; i++) {
            assertThat(crowds.get(i).state()).containsEntry("open", (long) CONNECTIONS);
            var after = servers.get(i).ask("collected");
            heap = Math.max(heap, perConnection("heap", before.get(i), after));
            System.out.printf(
                    "%s %d of %d: %,d connections; for each %,d bytes of heap, %,d resident, %,d direct; %s%n",
                    kind,
                    i + 1,
                    SERVERS,
                    CONNECTIONS,
                    perConnection("heap", before.get(i), after),
                    perConnection("resident", before.get(i), after),
                    perConnection("direct", before.get(i), after),
                    after);
        }
        if (HISTOGRAMS != null) {
            servers.get(0).ask("histogram", HISTOGRAMS + "/" + kind + ".txt");
        }
        if (kind == HostKind.LASTACK) {
            assertThat(heap).isLessThanOrEqualTo(HEAP_GOAL);
        }
    }

    private static void open(HostKind kind, ServerProcess server, CrowdProcess crowd, int count) throws Exception {
        crowd.open(kind, server.port(), count);
        Waiting.until(
                HEARTBEAT.multipliedBy(10).plusSeconds(30),
                "everybody was pinged",
                () -> crowd.state().get("pings") >= 2);
    }

    private static long perConnection(String figure, Map<String, Long> before, Map<String, Long> after) {
        return (after.get(figure) - before.get(figure)) / CONNECTIONS;
    }
}
