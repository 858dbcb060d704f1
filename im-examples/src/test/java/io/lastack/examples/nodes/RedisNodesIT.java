package io.lastack.examples.nodes;

import static io.lastack.examples.nodes.Crowd.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImRuntime;
import io.lastack.examples.server.ServerProcess;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers over one Redis, which is store, bus and presence directory, all real processes. Nodes and Redis are killed,
 * also together. {@code -Dlastack.clients}, {@code -Dlastack.rounds}, {@code -Dlastack.seconds} (of a phase) and {@code -Dlastack.rate} make it larger.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RedisNodesIT {
    private static final int CLIENTS = Integer.getInteger("lastack.clients", 24);
    private static final int SECONDS = Integer.getInteger("lastack.seconds", 1);
    private static final int PER_SECOND = Integer.getInteger("lastack.rate", 60);
    private static final int ROUNDS = Integer.getInteger("lastack.rounds", 1);

    @TempDir
    Path directory;

    private final long seed = Long.getLong("lastack.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void whatRedisConfirmedReachesEverybodyInOrderWhoeverIsKilled() throws Exception {
        System.out.printf("nodes over Redis: seed %d, %d clients, %d messages/s%n", seed, CLIENTS, PER_SECOND);
        try (ImRuntime runtime = ImRuntime.system();
                Nodes nodes = Nodes.overRedis(directory);
                Crowd crowd = new Crowd("s", CLIENTS, PER_SECOND, nodes.balancer(random), runtime, random)) {
            awaitThat("the nodes know each other", nodes::areJoined);
            crowd.connect();
            crowd.makeGroups("s");
            crowd.talk();
            phase(crowd, "all well");
            int kills = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                ServerProcess victim = victim(nodes);
                victim.kill();
                phase(crowd, "a node killed");
                victim.start();
                nodes.redis.kill();
                phase(crowd, "Redis killed");
                nodes.redis.restart();
                awaitThat("the nodes know each other again", nodes::areJoined);
                phase(crowd, "Redis back");
                nodes.redis.kill();
                ServerProcess another = victim(nodes);
                another.kill();
                nodes.redis.restart();
                another.start();
                awaitThat("the nodes know each other again", nodes::areJoined);
                phase(crowd, "Redis and a node killed and back");
                kills += 2;
            }
            crowd.quiet();
            crowd.settle();
            int confirmed = crowd.check();
            System.out.printf(
                    "nodes over Redis: seed %d, %d clients, %d kills of Redis and %d of nodes, %d messages confirmed, %d"
                            + " shown, 0 lost, 0 out of order%n",
                    seed, CLIENTS, kills, kills, confirmed, crowd.shown());
            assertThat(confirmed).as("messages were sent at all").isGreaterThan(PER_SECOND);
        }
    }

    private ServerProcess victim(Nodes nodes) {
        return nodes.servers.get(random.nextInt(Nodes.COUNT));
    }

    /** Lets time pass, which is what a phase is. */
    private static void phase(Crowd crowd, String name) {
        crowd.delays.take();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        System.out.println("nodes over Redis: " + name + ": " + crowd.delays.take());
    }
}
