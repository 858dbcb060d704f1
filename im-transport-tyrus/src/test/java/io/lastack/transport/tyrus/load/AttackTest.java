package io.lastack.transport.tyrus.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.transport.tyrus.load.Attackers.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that never read, that never acknowledge, half-open handshakes, and a byte a second, all at once, while others
 * chat. {@code -Dattackers=1000} of each kind, of whom {@code -Darrivals=200} come in a second, {@code -Dgood=200} others, for
 * {@code -Dlength=60} seconds. With {@code -Dcontrol=true} the attackers have a server of their own, which takes what
 * processors the others leave: what it costs the others to share a machine with an attack that is none on them. With
 * {@code -Drehearsals=20} there are so many short attacks before anything is measured: a server that is new, and attackers
 * that are, spend more on compiling what they do than on doing it. With {@code -Dcollector=G1} the server has another garbage
 * collector than ZGC: the good wait while it pauses.
 *
 * <p>Those who chat have a processor when they want one, as if they had a machine of their own, unless {@code -Dshared=true}
 * lets them wait for one with the server's threads, or the system does not permit it, which is told.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class AttackTest {

    private static final int OF_EACH = Integer.getInteger("attackers", 100);
    private static final int ARRIVALS = Integer.getInteger("arrivals", 2_000);
    private static final boolean CONTROL = Boolean.getBoolean("control");
    private static final boolean SHARED = Boolean.getBoolean("shared");
    private static final int GOOD = Integer.getInteger("good", 20);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("length", 2));
    private static final int REHEARSALS = Integer.getInteger("rehearsals", 0);

    private static final Duration REHEARSAL = Duration.ofSeconds(2);

    /** Longer than those live who do not finish their handshake: they come a second time. */
    private static final Duration LAST_REHEARSAL = Duration.ofSeconds(15);

    private static final Duration ACCEPT = Duration.ofSeconds(OF_EACH < 1_000 ? 2 : 10);
    private static final double PER_SECOND = 2.0 * GOOD;
    private static final int SPEECHES_PER_SECOND = 2;
    private static final int SIZE = 4_000;

    /** More than the window of a client that acknowledges nothing. */
    private static final int HISTORY = 300;

    /** So many bytes, and what the rest of the server needs. */
    private static final long OUTBOUND = Math.max(16L << 20, OF_EACH * 64L * 1024);

    /** What the good say is stored on the heap, and stays there. */
    private static final long STORED = Math.round(PER_SECOND) * (4 * LENGTH.toSeconds() + 8L * REHEARSALS) * 1_024;

    private static final String HEAP = (256 + ((2 * OUTBOUND + STORED) >> 20)) + "m";

    private static final String COLLECTOR = "-XX:+Use" + System.getProperty("collector", "Z") + "GC";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void nothingIsLostForAnybodyWhileManyDoHarmAndMemoryStaysWithinItsBound() throws Exception {
        var options = HostOptions.defaults().withTotalOutboundBytes(OUTBOUND).withAcceptTimeout(ACCEPT);
        String[] jvm = {"-Xms" + HEAP, "-Xmx" + HEAP, "-XX:+AlwaysPreTouch", "-XX:+ExitOnOutOfMemoryError", COLLECTOR};
        try (var server = ServerProcess.start(HostKind.LASTACK, options, jvm);
                var apart = CONTROL ? ServerProcess.startBehindOthers(HostKind.LASTACK, options, jvm) : null;
                var loop = new PeerLoop();
                var attack =
                        AttackProcess.start((apart == null ? server : apart).port(), Speaker.CONVERSATION, ARRIVALS)) {
            if (!SHARED && !loop.call(Precedence::beforeOthers)) {
                System.out.println(
                        "those who chat wait for a processor with the server: there is no real-time scheduling");
            }
            var attacked = apart == null ? server : apart;
            var speaker = Ramp.open(loop, attacked.port(), 1, (n, ready) -> new Speaker(SIZE, ready))
                    .get(0);
            loop.call(() -> {
                speaker.makeGroup(victims());
                return true;
            });
            confirmed(loop, speaker);
            speak(loop, speaker, HISTORY);
            var chat = Chat.connect(loop, server.port(), "good-", GOOD, PER_SECOND);
            chat.begin();
            for (int i = 0; i < REHEARSALS; i++) {
                begin(attack);
                report("rehearsal", chat.take(), attacked, attack);
                pass(i + 1 < REHEARSALS ? REHEARSAL : LAST_REHEARSAL, () -> speak(loop, speaker, 1));
                end(attack, attacked);
            }
            pass(LENGTH, () -> {});
            chat.take();
            pass(LENGTH, () -> speak(loop, speaker, 1));
            report("before", chat.take(), attacked, attack);
            begin(attack);
            var first = chat.take();
            report("while they come", first, attacked, attack);
            pass(LENGTH, () -> speak(loop, speaker, 1));
            var then = chat.take();
            report("during", then, attacked, attack);
            System.out.printf("the whole attack: %s%n", first.with(then));
            Waiting.until(PATIENCE, "half-open handshakes are cut", () -> {
                var state = attack.state();
                return state.get(Kind.HALF_OPEN + ".cut") >= OF_EACH
                        && state.get(Kind.DRIBBLES + ".cut") >= OF_EACH / 2;
            });
            end(attack, attacked);
            pass(LENGTH, () -> {});
            report("after", chat.take(), attacked, attack);
            chat.end();
            confirmed(loop, speaker);
            assertThat(chat.faults()).isEmpty();
            assertThat(speaker.fault).isEmpty();
            assertThat(missed(loop, attacked.port(), speaker.head)).isEmpty();
            assertThat(attacked.figure("state", "outboundPeak")).isPositive().isLessThanOrEqualTo(OUTBOUND);
        }
    }

    private static void begin(AttackProcess attack) throws Exception {
        attack.begin(OF_EACH);
        Waiting.until(PATIENCE.plusSeconds(4L * OF_EACH / ARRIVALS), "everybody attacks", () -> begun(attack.state()));
    }

    private static void end(AttackProcess attack, ServerProcess attacked) throws Exception {
        attack.end();
        int others = 1 + (CONTROL ? 0 : GOOD);
        Waiting.until(PATIENCE, "the attackers are gone", () -> attacked.figure("state", "connections") <= others);
    }

    private static List<String> victims() {
        return Stream.of(Kind.NEVER_READS, Kind.NEVER_ACKS, Kind.DRIBBLES)
                .flatMap(kind -> IntStream.range(0, OF_EACH).mapToObj(i -> Attackers.name(kind, i)))
                .toList();
    }

    private static boolean begun(Map<String, Long> state) {
        return Stream.of(Kind.values()).allMatch(kind -> state.get(kind + ".begun") >= OF_EACH);
    }

    private static void speak(PeerLoop loop, Speaker speaker, int messages) throws Exception {
        loop.call(() -> {
            for (int i = 0; i < messages; i++) {
                speaker.speak();
            }
            return true;
        });
    }

    private static void confirmed(PeerLoop loop, Speaker speaker) throws Exception {
        Waiting.until(PATIENCE, "the speaker is answered", () -> loop.call(speaker::isAllConfirmed));
    }

    /** A task that may fail. */
    private interface Task {
        void run() throws Exception;
    }

    /** Lets time pass, and does something a few times a second. */
    private static void pass(Duration time, Task task) throws Exception {
        var gap = Duration.ofSeconds(1).dividedBy(SPEECHES_PER_SECOND);
        long end = System.nanoTime() + time.toNanos();
        long next = System.nanoTime();
        while (System.nanoTime() < end) {
            task.run();
            next += gap.toNanos();
            long until = next;
            Waiting.until(PATIENCE, "time passes", () -> System.nanoTime() >= until);
        }
    }

    private static void report(String when, Chat.Latency latency, ServerProcess server, AttackProcess attack)
            throws Exception {
        System.out.printf("%s: %s%n", when, latency);
        System.out.printf("  server %s %s%n", server.ask("state"), server.ask("figures"));
        System.out.printf("  attack %s%n", attack.state());
    }

    /** What is missing when those who did not read, or not acknowledge, come back and do. */
    private static List<String> missed(PeerLoop loop, int port, long head) throws Exception {
        List<String> faults = new ArrayList<>();
        int atATime = 50;
        var users = victims();
        for (int from = 0; from < users.size(); from += atATime) {
            var some = users.subList(from, Math.min(users.size(), from + atATime));
            var left = new CountDownLatch(some.size());
            loop.call(() -> {
                some.forEach(user -> loop.connect(
                        port, new Catcher(user, Speaker.CONVERSATION, head, faults, complete -> left.countDown())));
                return true;
            });
            if (!left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                faults.add(left.getCount() + " did not get everything: "
                        + loop.call(() -> loop.peers().stream()
                                .map(peer -> peer.script.toString())
                                .filter(text -> text.contains(" at "))
                                .toList()));
                return faults;
            }
        }
        return faults;
    }
}
