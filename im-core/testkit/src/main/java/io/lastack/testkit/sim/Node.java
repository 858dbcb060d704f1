package io.lastack.testkit.sim;

import io.lastack.ImEngine;
import io.lastack.ImEngineBuilder;
import io.lastack.spi.ClusterOptions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A machine with an engine, which dies and comes back. Its wall clock, and how the store behaves towards it, outlive the engine. */
final class Node {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final ClusterOptions CLUSTER = ClusterOptions.defaults()
            .withInlineBytes(300)
            .withHeartbeat(Duration.ofMillis(400))
            .withLease(Duration.ofMillis(1_600));

    private final String name;
    private final World world;
    private final Weather weather;
    private long wallMillis;
    private int lives;
    private @Nullable Process process;
    private @Nullable ImEngine engine;
    private @Nullable NodeBus bus;
    private RecallCheck.Told told = new RecallCheck.Told();

    Node(String name, World world) {
        this.name = name;
        this.world = world;
        this.weather = new Weather(world.split());
    }

    String name() {
        return name;
    }

    Weather weather() {
        return weather;
    }

    boolean isUp() {
        return process != null && !process.isDead();
    }

    /** Whether its host can do something. */
    boolean isRunning() {
        return isUp() && !process().standsStill();
    }

    Process process() {
        return Objects.requireNonNull(process, "the node was never started");
    }

    /** Which recalls its present life has told of. */
    RecallCheck.Told told() {
        return told;
    }

    ImEngine engine() {
        return Objects.requireNonNull(engine, "the node was never started");
    }

    void start() {
        if (isUp()) {
            return;
        }
        Process started = new Process(name + "." + ++lives, world.time(), world.split(), wallMillis);
        process = started;
        told = new RecallCheck.Told();
        world.trace().note(started.name(), "starts", "");
        ImEngineBuilder building = ImEngine.builder(
                        new NodeStore(started, world.time(), world.truth(), weather, world.referee(), world.trace()))
                .runtime(started)
                .options(world.scenario().engine())
                .authenticator(world.gate().authenticator(started));
        if (world.scenario().hasBus()) {
            join(building, started);
        }
        engine = building.build();
    }

    private void join(ImEngineBuilder building, Process started) {
        Cluster cluster = world.cluster();
        NodeBus joined = new NodeBus(cluster.bus(), started, world.trace());
        bus = joined;
        building.bus(joined)
                .presenceDirectory(new NodeDirectory(
                        cluster.directory(), started, world.time(), weather, cluster, world.referee()))
                .cluster(CLUSTER)
                .nodeId(name);
    }

    void crash() {
        if (isUp()) {
            world.trace().note(process().name(), "dies", "");
            end(process());
        }
    }

    private void end(Process ending) {
        ending.die();
        if (bus != null) {
            bus.die();
        }
        world.network().died(ending);
    }

    /**
     * Goes in good order, then ends.
     *
     * @param back runs once it is gone
     */
    void drain(Runnable back) {
        if (!isRunning()) {
            return;
        }
        Process ending = process();
        world.trace().note(ending.name(), "drains", "");
        engine().drain(PATIENCE)
                .whenComplete((nothing, failure) -> world.time().add(0, null, false, () -> {
                    if (!ending.isDead()) {
                        world.trace().note(ending.name(), "has drained", "");
                        end(ending);
                        back.run();
                    }
                }));
    }

    void jumpWallClock(long millis) {
        wallMillis += millis;
        if (isUp()) {
            process().jumpWallClock(millis);
        }
    }

    long currentTimeMillis() {
        return process().currentTimeMillis();
    }
}
