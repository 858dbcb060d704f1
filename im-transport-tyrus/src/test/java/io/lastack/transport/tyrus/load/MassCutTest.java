package io.lastack.transport.tyrus.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nearly every connection of a server gone at the same moment, while others chat: a third reset, a third ended, a third
 * silent. {@code -Dconnections=9999 -Drounds=2} for many.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class MassCutTest {

    private static final int CONNECTIONS = Integer.getInteger("connections", 240);
    private static final int CHATTING = 20;
    private static final int WARM_UP = 30;
    private static final int ROUNDS = Integer.getInteger("rounds", 1);
    private static final double PER_SECOND = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT =
            Duration.ofMillis(Integer.getInteger("heartbeat.millis", CONNECTIONS < 1_000 ? 1_500 : 15_000));

    /** Classes of which there is one or more to a connection; buffers and pools of the libraries come and go. */
    private static final Pattern OF_CONNECTIONS =
            Pattern.compile("(io[.]lastack[.]|org[.]glassfish[.]tyrus[.]|sun[.]nio[.]ch[.]|io[.]netty[.]channel[.]).*");

    /** What grows with the messages of those who chat. */
    private static final Pattern OF_MESSAGES =
            Pattern.compile("io[.]lastack[.](log|memory|internal[.]fanout[.]Tail|session[.]|proto).*");

    private final Map<String, Long> before = new TreeMap<>();

    @Test
    void nothingIsLeftOfConnectionsThatAreCutAllAtOnceAndWhoIsOnlineNoticesNothing() throws Exception {
        var options = HostOptions.defaults()
                .withHeartbeat(HEARTBEAT)
                // One that was not counted out would show in the next round.
                .withPerAddress(CONNECTIONS + CHATTING);
        try (var loop = new PeerLoop();
                var chatters = new PeerLoop();
                var server = ServerProcess.start(HostKind.LASTACK, options, "-Xmx1g")) {
            var chat = Chat.connect(chatters, server.port(), "online-", CHATTING, PER_SECOND);
            chat.begin();
            // With the first few, all that lasts comes: classes, pools, caches.
            cut(0, WARM_UP, loop, server);
            before.putAll(server.histogram());
            var there = server.ask("collected");
            long descriptors = there.get("descriptors");
            long threads = lastingThreads(there);
            chat.take();
            for (int round = 1; round <= ROUNDS; round++) {
                cut(round, CONNECTIONS, loop, server);
                System.out.printf("round %d: who is online: %s%n", round, chat.take());
            }
            chat.end();
            assertThat(chat.faults()).isEmpty();
            // Timers that were cancelled leave the wheel as it turns.
            Waiting.until(PATIENCE, "the heap is as before", () -> added(server).isEmpty());
            var after = server.ask("collected");
            assertThat(after.get("descriptors")).isLessThanOrEqualTo(descriptors);
            assertThat(lastingThreads(after)).isLessThanOrEqualTo(threads);
        }
    }

    /** By class, what is there more than before; small numbers are not of the connections that were cut. */
    private Map<String, Long> added(ServerProcess server) throws Exception {
        Map<String, Long> more = new TreeMap<>();
        server.histogram().forEach((name, count) -> {
            long added = count - before.getOrDefault(name, 0L);
            if (added >= CONNECTIONS / 10
                    && OF_CONNECTIONS.matcher(name).matches()
                    && !OF_MESSAGES.matcher(name).matches()) {
                more.put(name, added);
            }
        });
        System.out.printf(
                "of %d classes there is more than before; of %s%n",
                more.size(), more.keySet().stream().findFirst());
        return more;
    }

    private static void cut(int round, int count, PeerLoop loop, ServerProcess server) throws Exception {
        long begin = System.nanoTime();
        var clients = Ramp.open(loop, server.port(), count, (n, ready) -> new UserClient("victim-" + n, ready));
        System.out.printf("round %d: %,d connections ready after %,d ms%n", round, count, millisSince(begin));
        assertThat(server.figure("state", "sessions")).isEqualTo(count + CHATTING);
        server.ask("ends");
        long cut = loop.call(() -> {
            for (int i = 0; i < count; i++) {
                switch (i % 3) {
                    case 0 -> clients.get(i).peer.reset();
                    case 1 -> clients.get(i).peer.finish();
                    default -> clients.get(i).peer.deaf();
                }
            }
            return System.nanoTime();
        });
        Waiting.until(HEARTBEAT.multipliedBy(4).plusSeconds(30), "all are gone", () -> {
            var state = server.ask("state");
            return state.get("sessions") == CHATTING
                    && state.get("connections") == CHATTING
                    && state.get("conversations") == CHATTING / 2;
        });
        var ends = server.ask("ends");
        System.out.printf(
                "round %d: the last that was reset or ended was noticed %,d ms after the last cut, the last that was silent"
                        + " after %,d ms (heartbeat %,d ms); ends %s%n",
                round,
                (ends.get("lastAbrupt") - cut) / 1_000_000,
                (ends.get("lastSilent") - cut) / 1_000_000,
                HEARTBEAT.toMillis(),
                ends);
        assertThat(ends)
                .containsEntry("lines", (long) count)
                .containsEntry("sessions", (long) count)
                .containsEntry("code4408", count / 3L);
        loop.call(() -> {
            loop.peers().forEach(Peer::end);
            return true;
        });
    }

    private static long lastingThreads(Map<String, Long> figures) {
        return figures.get("threads") - figures.get("pooledThreads");
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
