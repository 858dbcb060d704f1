package io.lastack.examples.nodes;

import static io.lastack.examples.nodes.Crowd.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImRuntime;
import io.lastack.client.Connector;
import io.lastack.examples.server.ServerProcess;
import io.lastack.log.UserId;
import io.lastack.session.CloseReason;
import io.lastack.spi.EngineOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/**
 * Three servers over one PostgreSQL and one Redis, all real processes, behind a balancer that knows nothing. Nodes and Redis
 * are killed, Redis forgets everything, signals are dropped. {@code -Dlastack.clients=300 -Dlastack.seconds=60} makes it
 * larger; a second is the length of a phase.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class NodesIT {
    private static final int CLIENTS = Integer.getInteger("lastack.clients", 24);
    private static final int SECONDS = Integer.getInteger("lastack.seconds", 2);
    private static final int PER_SECOND = Integer.getInteger("lastack.rate", 60);

    private static final Duration HEAL_INTERVAL = EngineOptions.defaults().repairInterval();
    /** What three servers, a database and all clients may take from one another on one machine of two cores. */
    private static final Duration LOADED_MACHINE = Duration.ofSeconds(1);

    @TempDir
    static Path directory;

    private static Nodes nodes;
    private static ImRuntime runtime;

    private final long seed = Long.getLong("lastack.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @BeforeAll
    static void start() throws IOException {
        nodes = Nodes.overPostgreSql(directory);
        runtime = ImRuntime.system();
        awaitThat("the nodes know each other", nodes::areJoined);
    }

    @AfterAll
    static void stop() throws IOException {
        runtime.close();
        nodes.close();
    }

    @Test
    void whatWasConfirmedReachesEverybodyInOrderWhateverBecomesOfNodesRedisAndSignals() throws Exception {
        System.out.printf("nodes: seed %d, %d clients, %d messages/s%n", seed, CLIENTS, PER_SECOND);
        try (Crowd crowd = crowd("a", nodes.balancer(random))) {
            crowd.connect();
            crowd.makeGroups("a");
            crowd.talk();
            phase(crowd, "all well");
            for (int i = 0; i < Nodes.COUNT - 1; i++) {
                ServerProcess victim = nodes.servers.get(random.nextInt(Nodes.COUNT));
                victim.kill();
                pause(SECONDS);
                victim.start();
            }
            phase(crowd, "after two nodes were killed");
            nodes.filter.drop(10);
            phase(crowd, "every tenth signal dropped");
            long repaired = nodes.sum("conversationsRepaired");
            nodes.filter.drop(1);
            phase(crowd, "every signal dropped");
            awaitThat("the repairer has found something", () -> nodes.sum("conversationsRepaired") > repaired);
            nodes.filter.drop(0);
            nodes.redis.kill();
            awaitThat(
                    "the bus is known to be gone",
                    () -> !nodes.status(0).path("busConnected").booleanValue());
            phase(crowd, "Redis away");
            assertThat(nodes.servers.get(0).get("/healthz").statusCode())
                    .as("a balancer that goes by it keeps the nodes")
                    .isEqualTo(200);
            nodes.redis.restart();
            awaitThat("the nodes know each other again", nodes::areJoined);
            phase(crowd, "Redis back");
            try (RedisClient redis = RedisClient.create(nodes.redis.url())) {
                redis.flushAll();
            }
            phase(crowd, "Redis emptied");
            crowd.quiet();
            crowd.settle();
            int confirmed = crowd.check();
            System.out.printf(
                    "nodes: seed %d, %d messages confirmed, %d shown, 0 lost, 0 out of order, %d signals dropped%n",
                    seed, confirmed, crowd.shown(), nodes.filter.dropped());
            assertThat(confirmed).as("messages were sent at all").isGreaterThan(PER_SECOND);
            assertThat(nodes.filter.dropped()).isPositive();
            awaitPresence(crowd);
        }
    }

    /** A directory that was emptied is filled again, whoever asks; and the dead do not stay. */
    private void awaitPresence(Crowd crowd) {
        List<UserId> users = crowd.people.stream().map(person -> person.user).toList();
        Person watcher = crowd.people.get(0);
        awaitThat("all are seen online", () -> areSeen(watcher, users, true));
        AtomicBoolean dead = new AtomicBoolean();
        Connector first = nodes.only(0);
        Connector mortal = listener -> {
            if (dead.get()) {
                listener.closed(new CloseReason(1006, "switched off"));
            } else {
                first.connect(listener);
            }
        };
        try (Person ghost = new Person("ghost", mortal, runtime, Nodes.SECRET, crowd.delays)) {
            ghost.client.start();
            awaitThat("who came is seen", () -> areSeen(watcher, List.of(ghost.user), true));
            dead.set(true);
            nodes.servers.get(0).kill();
            long killed = System.nanoTime();
            awaitThat("the watcher has a node that lives", () -> watcher.isOnline());
            awaitThat("whose node died is offline", () -> areSeen(watcher, List.of(ghost.user), false));
            System.out.printf(
                    "nodes: a dead node's user was offline after %.1f s%n", (System.nanoTime() - killed) / 1e9);
            nodes.servers.get(0).start();
            awaitThat("the nodes know each other again", nodes::areJoined);
            awaitThat("all others are seen online", () -> areSeen(watcher, users, true));
        }
    }

    /** Whether the watcher is told so of all of them; who is not answered is not told. */
    private static boolean areSeen(Person watcher, List<UserId> users, boolean online) {
        return watcher.client
                .requests()
                .presence(users, List.of())
                .handle((result, failure) ->
                        result != null && result.users().stream().allMatch(user -> user.online() == online))
                .toCompletableFuture()
                .join();
    }

    @Test
    void rollingRestartSpreadsReconnectsAndLosesNothing() throws Exception {
        try (Crowd crowd = crowd("r", nodes.balancer(random))) {
            crowd.connect();
            crowd.makeGroups("r");
            List<Comebacks> restarts = new ArrayList<>();
            crowd.talk();
            pause(SECONDS);
            crowd.delays.take();
            crowd.people.forEach(Person::measureGap);
            for (ServerProcess server : nodes.servers) {
                crowd.people.forEach(person -> person.onlineAt.clear());
                assertThat(server.stop()).as("the exit code of SIGTERM").isIn(0, 143);
                server.start();
                awaitThat("all are online", () -> crowd.people.stream().allMatch(Person::isOnline));
                restarts.add(Comebacks.of(crowd.people));
                awaitThat("the nodes know each other again", nodes::areJoined);
            }
            pause(SECONDS);
            List<Long> gaps = Person.gaps(crowd.people);
            crowd.quiet();
            crowd.settle();
            int confirmed = crowd.check();
            int reconnects = restarts.stream().mapToInt(Comebacks::count).sum();
            int mostInASecond =
                    restarts.stream().mapToInt(Comebacks::mostInASecond).max().orElseThrow();
            restarts.forEach(restart -> System.out.printf(
                    "rolling restart: of %d clients of a node, %d came back in the busiest second; %d may%n",
                    restart.count(), restart.mostInASecond(), restart.allowedInASecond()));
            System.out.printf(
                    "rolling restart: seed %d, %d clients, %d reconnects, at most %d (%.0f %%) in one second; longest gap of a"
                            + " client p50 %.1f s, p99 %.1f s; %d messages confirmed, 0 lost, 0 out of order; delay: %s%n",
                    seed,
                    CLIENTS,
                    reconnects,
                    mostInASecond,
                    100.0 * mostInASecond / CLIENTS,
                    gaps.get(gaps.size() / 2) / 1e9,
                    gaps.get((int) (gaps.size() * 0.99)) / 1e9,
                    confirmed,
                    crowd.delays.take());
            assertThat(confirmed).as("messages were sent at all").isGreaterThan(PER_SECOND);
            assertThat(reconnects)
                    .as("everybody's node was restarted, at least once")
                    .isGreaterThanOrEqualTo(CLIENTS);
            assertThat(restarts)
                    .as("no more come at once than the node's draw and chance allow")
                    .allMatch(restart -> restart.mostInASecond() <= restart.allowedInASecond());
        }
    }

    @Test
    void workPerMessageFollowsItsFormulasWithThreeTwoAndOneNode() {
        try {
            for (int running = Nodes.COUNT; running >= 1; running--) {
                int now = running;
                awaitThat("the nodes that run know each other", () -> nodes.areJoined(now));
                try (Workload workload = new Workload(nodes, running, runtime)) {
                    Formulas.check(running, workload.run());
                }
                if (running > 1) {
                    nodes.servers.get(running - 1).stop();
                }
            }
        } finally {
            for (ServerProcess stopped : nodes.servers.subList(1, Nodes.COUNT)) {
                stopped.close();
                stopped.start();
            }
        }
        awaitThat("the nodes know each other again", nodes::areJoined);
    }

    private Crowd crowd(String name, Connector connector) {
        return new Crowd(name, CLIENTS, PER_SECOND, connector, runtime, random);
    }

    /** Lets time pass, which is what a phase is: whatever is broken, no message may be later than it may. */
    private static void phase(Crowd crowd, String name) {
        awaitThat("all are online", () -> crowd.people.stream().allMatch(Person::isOnline));
        crowd.delays.take();
        pause(SECONDS);
        Delays.Taken delays = crowd.delays.take();
        System.out.printf("nodes: %s: %s%n", name, delays);
        assertThat(delays.longest())
                .as("extra delay in ms, seed and phase as printed")
                .isLessThanOrEqualTo(HEAL_INTERVAL.plus(LOADED_MACHINE).toMillis());
    }

    private static void pause(int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
