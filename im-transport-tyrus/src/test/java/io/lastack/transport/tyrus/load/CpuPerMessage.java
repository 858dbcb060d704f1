package io.lastack.transport.tyrus.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Processor time of servers for each message, side by side; not among the tests that run by themselves.
 * {@code -Dtest=CpuPerMessage -Dlength=20 -Dhosts=LASTACK,OWN_CONTAINER,STOCK_TYRUS,BARE_NETTY}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CpuPerMessage {

    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("length", 10));
    private static final List<HostKind> HOSTS = Arrays.stream(
                    System.getProperty("hosts", "LASTACK,OWN_CONTAINER,STOCK_TYRUS,BARE_NETTY")
                            .split(","))
            .map(HostKind::valueOf)
            .toList();
    private static final int SIZE = 150;
    private static final int ECHOING = 100;
    private static final int MEMBERS = Integer.getInteger("members", 1_000);
    private static final int IDLE = Integer.getInteger("connections", 5_000);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Brings clients up. */
    private interface Setup {
        Runnable clients(PeerLoop loop, int port, Work work) throws Exception;
    }

    @Test
    void ofEveryServer() throws Exception {
        for (var kind : HOSTS) {
            run(kind, "echo, 1 in flight", echo(kind, 1));
            run(kind, "echo, 16 in flight", echo(kind, 16));
            run(
                    kind,
                    "fan-out to " + MEMBERS,
                    (loop, port, work) -> kind == HostKind.LASTACK
                            ? FanOut.group(loop, port, work, MEMBERS, SIZE)::begin
                            : FanOut.plain(loop, port, work, MEMBERS, SIZE)::begin);
            idle(kind);
        }
    }

    private static Setup echo(HostKind kind, int inFlight) {
        return (loop, port, work) -> {
            var clients = Ramp.open(
                    loop,
                    port,
                    ECHOING,
                    (n, ready) -> kind == HostKind.LASTACK
                            ? new PingingUser(work, "user-" + n, inFlight, ready)
                            : new EchoClient(work, SIZE, inFlight, ready));
            return () -> clients.forEach(client -> ((Busy) client).begin());
        };
    }

    private static void run(HostKind kind, String what, Setup setup) throws Exception {
        try (var server = ServerProcess.start(kind, HostOptions.defaults(), "-Xmx1g");
                var loop = new PeerLoop()) {
            var work = new Work();
            var begin = setup.clients(loop, server.port(), work);
            loop.execute(begin);
            pass(LENGTH);
            long cpu = server.figure("figures", "cpuNanos");
            long count = loop.call(work::count);
            pass(LENGTH);
            cpu = server.figure("figures", "cpuNanos") - cpu;
            count = loop.call(work::count) - count;
            loop.call(() -> {
                work.stop();
                return true;
            });
            Waiting.until(PATIENCE, "everything has come", () -> loop.call(work::isFinished));
            report(kind, what, cpu, count);
            assertThat(count).isPositive();
        }
    }

    private static void idle(HostKind kind) throws Exception {
        try (var server = ServerProcess.start(kind, HostOptions.defaults().withHeartbeat(HEARTBEAT), "-Xmx1g");
                var loop = new PeerLoop()) {
            var clients = Ramp.open(
                    loop,
                    server.port(),
                    IDLE,
                    (n, ready) ->
                            kind == HostKind.LASTACK ? new UserClient("user-" + n, ready) : new Client("", ready));
            pass(LENGTH);
            long cpu = server.figure("figures", "cpuNanos");
            long pings = pings(loop, clients);
            pass(LENGTH);
            cpu = server.figure("figures", "cpuNanos") - cpu;
            pings = pings(loop, clients) - pings;
            report(kind, "heartbeat of " + IDLE, cpu, pings);
            assertThat(pings).isPositive();
        }
    }

    private static long pings(PeerLoop loop, List<Client> clients) throws Exception {
        return loop.call(
                () -> clients.stream().mapToLong(client -> client.pings).sum());
    }

    private static void pass(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        Waiting.until(time.plus(PATIENCE), "time passes", () -> System.nanoTime() >= end);
    }

    private static void report(HostKind kind, String what, long cpu, long count) {
        System.out.printf(
                "%-13s %-20s %6.2f CPU-seconds per million; %,d in %d s%n",
                kind, what, cpu / 1e3 / count, count, LENGTH.toSeconds());
    }
}
