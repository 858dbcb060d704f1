package io.lastack.examples.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What clocks and counters show at one moment.
 *
 * @param serverCpu processor time of the server's process so far, where it is known
 * @param clientCpu processor time of this process so far
 */
record Reading(long nanos, Optional<Duration> serverCpu, Duration clientCpu, Optional<EngineStatus> engine) {
    /** The clocks are read last, so that what follows begins where they stand. */
    static Reading before(ServerUnderTest server) throws InterruptedException {
        return clocks(server, server.status().now());
    }

    /** The clocks are read first. */
    static Reading after(ServerUnderTest server) throws InterruptedException {
        Reading clocks = clocks(server, Optional.empty());
        return new Reading(
                clocks.nanos,
                clocks.serverCpu,
                clocks.clientCpu,
                server.status().now());
    }

    private static Reading clocks(ServerUnderTest server, Optional<EngineStatus> engine) {
        return new Reading(
                System.nanoTime(),
                server.process().flatMap(process -> process.info().totalCpuDuration()),
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                engine);
    }

    double secondsSince(Reading earlier) {
        return (nanos - earlier.nanos) / 1e9;
    }

    Optional<Double> serverCpuSecondsSince(Reading earlier) {
        return serverCpu.flatMap(now -> earlier.serverCpu.map(then -> seconds(now.minus(then))));
    }

    double clientCpuSecondsSince(Reading earlier) {
        return seconds(clientCpu.minus(earlier.clientCpu));
    }

    /** How much a counter of the engine grew. */
    Optional<Long> countedSince(Reading earlier, String counter) {
        return engine.flatMap(now -> earlier.engine.map(then -> now.get(counter) - then.get(counter)));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
