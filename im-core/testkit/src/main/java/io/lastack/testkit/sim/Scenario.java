package io.lastack.testkit.sim;

import io.lastack.client.ClientOptions;
import io.lastack.memory.MemoryStore;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.ImStore;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is simulated: who is there, what they do, what breaks, and how often. Immutable; each {@code with} method gives a
 * changed copy.
 *
 * <pre>{@code
 * Scenario calm = Scenario.standard().withoutFaults().with(Activity.CRASH_NODE, 20).withSteps(200);
 * }</pre>
 */
public final class Scenario {
    private static final int LARGEST_WEIGHT = 100_000;

    private final int users;
    private final int secondDevices;
    private final int groups;
    private final int nodes;
    private final boolean bus;
    private final int steps;
    private final Duration healing;
    private final Map<Activity, Integer> weights;
    private final Function<String, ? extends ImStore> store;
    private final EngineOptions engine;
    private final ClientOptions client;

    private Scenario(
            int users,
            int secondDevices,
            int groups,
            int nodes,
            boolean bus,
            int steps,
            Duration healing,
            Map<Activity, Integer> weights,
            Function<String, ? extends ImStore> store,
            EngineOptions engine,
            ClientOptions client) {
        this.users = users;
        this.secondDevices = secondDevices;
        this.groups = groups;
        this.nodes = nodes;
        this.bus = bus;
        this.steps = steps;
        this.healing = healing;
        this.weights = weights;
        this.store = store;
        this.engine = engine;
        this.client = client;
    }

    /**
     * Four users with six devices in two groups and in direct conversations, on two nodes over a {@link MemoryStore} and a
     * bus, for 1,000 steps, with everything that can break; with small windows and short time-outs, so that all of them are met.
     */
    public static Scenario standard() {
        Map<Activity, Integer> weights = new EnumMap<>(Activity.class);
        for (Activity activity : Activity.values()) {
            weights.put(activity, activity.weight());
        }
        return new Scenario(
                4,
                2,
                2,
                2,
                true,
                1_000,
                Duration.ofSeconds(90),
                weights,
                MemoryStore::create,
                engineOptions(),
                clientOptions());
    }

    private static EngineOptions engineOptions() {
        return EngineOptions.defaults()
                .withWindow(8, 4_096)
                .withOutboundBytes(6_000)
                .withHeartbeat(Duration.ofSeconds(1))
                .withHelloTimeout(Duration.ofSeconds(1))
                .withRedelivery(Duration.ofMillis(800), Duration.ofMillis(50), 4)
                .withWriteTimeout(Duration.ofMillis(1_500))
                .withFlushInterval(Duration.ofMillis(60))
                .withRepairInterval(Duration.ofMillis(900))
                .withTailBytes(8_000)
                .withAppend(8, 200);
    }

    private static ClientOptions clientOptions() {
        return ClientOptions.builder()
                .maxInFlight(8)
                .maxInFlightPerConversation(3)
                .maxResume(4)
                .ackDelay(Duration.ofMillis(25))
                .readDelay(Duration.ofMillis(50))
                .backoff(Duration.ofMillis(60), Duration.ofMillis(600))
                .connectTimeout(Duration.ofSeconds(1))
                .requestTimeout(Duration.ofSeconds(3))
                .tokenLead(Duration.ofSeconds(1))
                .build();
    }

    /** @param count 2 to 100 */
    public Scenario withUsers(int count) {
        return changed(between("users", count, 2, 100), Math.min(secondDevices, count), groups, nodes, steps);
    }

    /**
     * How many of the users have a second device.
     *
     * @param count 0 to the number of users
     */
    public Scenario withSecondDevices(int count) {
        return changed(users, between("second devices", count, 0, users), groups, nodes, steps);
    }

    /**
     * How many groups there are at the start.
     *
     * @param count 0 to 100
     */
    public Scenario withGroups(int count) {
        return changed(users, secondDevices, between("groups", count, 0, 100), nodes, steps);
    }

    /**
     * How many nodes share the store.
     *
     * @param count 1 to 10
     */
    public Scenario withNodes(int count) {
        return changed(users, secondDevices, groups, between("nodes", count, 1, 10), steps);
    }

    /** No bus and no presence directory between the nodes: each finds by itself what the others appended. */
    public Scenario withoutBus() {
        Map<Activity, Integer> changed = new EnumMap<>(weights);
        List.of(Activity.BUS_WORSE, Activity.BUS_AWAY, Activity.DIRECTORY_AWAY)
                .forEach(activity -> changed.put(activity, 0));
        return new Scenario(users, secondDevices, groups, nodes, false, steps, healing, changed, store, engine, client);
    }

    /** @param count 1 to 1,000,000 */
    public Scenario withSteps(int count) {
        return changed(users, secondDevices, groups, nodes, between("steps", count, 1, 1_000_000));
    }

    /**
     * How often something happens, relative to the others.
     *
     * @param weight 0 (never) to 100,000
     */
    public Scenario with(Activity activity, int weight) {
        Map<Activity, Integer> changed = new EnumMap<>(weights);
        changed.put(activity, between("the weight of " + activity, weight, 0, LARGEST_WEIGHT));
        return copy(changed, store, engine, client);
    }

    /** Nothing breaks, until {@link #with} says so. */
    public Scenario withoutFaults() {
        Map<Activity, Integer> changed = new EnumMap<>(weights);
        changed.replaceAll((activity, weight) -> activity.isFault() ? 0 : weight);
        return copy(changed, store, engine, client);
    }

    /**
     * Over another store: made anew for each simulation, empty, and once more when a simulation restores a backup.
     *
     * @param factory takes the epoch that the store must answer with
     */
    public Scenario withStore(Function<String, ? extends ImStore> factory) {
        return copy(weights, factory, engine, client);
    }

    public Scenario withEngine(EngineOptions options) {
        return copy(weights, store, options, client);
    }

    public Scenario withClient(ClientOptions options) {
        return copy(weights, store, engine, options);
    }

    int users() {
        return users;
    }

    int secondDevices() {
        return secondDevices;
    }

    int groups() {
        return groups;
    }

    int nodes() {
        return nodes;
    }

    boolean hasBus() {
        return bus;
    }

    int steps() {
        return steps;
    }

    Duration healing() {
        return healing;
    }

    int weight(Activity activity) {
        return weights.getOrDefault(activity, 0);
    }

    ImStore newStore(String epoch) {
        return store.apply(epoch);
    }

    EngineOptions engine() {
        return engine;
    }

    ClientOptions client() {
        return client;
    }

    private Scenario changed(int newUsers, int newSecondDevices, int newGroups, int newNodes, int newSteps) {
        return new Scenario(
                newUsers,
                newSecondDevices,
                newGroups,
                newNodes,
                bus,
                newSteps,
                healing,
                weights,
                store,
                engine,
                client);
    }

    private Scenario copy(
            Map<Activity, Integer> newWeights,
            Function<String, ? extends ImStore> newStore,
            EngineOptions newEngine,
            ClientOptions newClient) {
        return new Scenario(
                users, secondDevices, groups, nodes, bus, steps, healing, newWeights, newStore, newEngine, newClient);
    }

    private static int between(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " " + value + " is not allowed; " + least + " to " + most + " is");
        }
        return value;
    }
}
