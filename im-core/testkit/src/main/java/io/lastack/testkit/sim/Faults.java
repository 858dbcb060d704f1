package io.lastack.testkit.sim;

import io.lastack.client.ImClient;
import io.lastack.log.ConversationId;
import java.time.Duration;
import java.util.List;

/** What breaks, and its end. */
final class Faults {
    private static final long MILLIS = 1_000_000;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int LEAST_QUERIES = 20;
    private static final int MOST_EFFECTS_LOST = 80;
    /** Longer than any time-out. */
    private static final int LONGEST_STAND_MILLIS = 5_000;

    private static final int LATEST_SIGNAL = 3_000;

    private final World world;

    Faults(World world) {
        this.world = world;
    }

    void act(Action action) {
        Device device = world.device(action.a());
        Node node = world.node(action.a());
        switch (action.activity()) {
            case CRASH_NODE -> {
                node.crash();
                later(millis(action.b(), 1_500), node::start);
            }
            case DRAIN_NODE -> node.drain(() -> later(millis(action.b(), 800), node::start));
            case CRASH_DEVICE, REINSTALL_DEVICE -> {
                device.crash(action.activity() == Activity.CRASH_DEVICE);
                later(millis(action.b(), action.c() % 5 == 0 ? 4_000 : 300), device::start);
            }
            case CLOSE_DEVICE -> {
                device.close();
                later(millis(action.b(), 500), () -> {
                    device.crash(true);
                    later(millis(action.c(), 1_000), device::start);
                });
            }
            case STORE_FAILS_BEFORE -> node.weather().failBefore(1 + action.b() % (action.c() % 4 == 0 ? 24 : 4));
            case STORE_FAILS_AFTER -> node.weather().failAfter(1 + action.b() % (action.c() % 4 == 0 ? 12 : 4));
            case STORE_LOCKED -> lock(node, action);
            case STORE_SLOW -> node.weather().slow(1 + action.b() % 6);
            case STORE_STALE -> node.weather().lag(1 + action.b() % 4, 1 + action.c() % 3);
            case CLOCK_JUMP -> node.jumpWallClock((action.b() % 2 == 0 ? 1 : -1) * (action.c() % HOUR_MILLIS));
            case STAND_STILL -> standStill(action.c() % 2 == 0 ? node.process() : device.process(), action.b());
            case TOKENS_END -> endTokens(device, action);
            case BUS_WORSE, BUS_AWAY, DIRECTORY_AWAY -> breakCluster(action);
            case RESTORE_STORE -> restore(action);
            default -> breakConnection(device, action);
        }
    }

    private void breakConnection(Device device, Action action) {
        switch (action.activity()) {
            case APP_REFUSES -> device.app().refuseFor(millis(action.b(), 1_500));
            case APP_SLOW -> device.app().slowFor(millis(action.b(), 2_500));
            case UNREACHABLE -> {
                device.unreachableFor(millis(action.b(), 3_000));
                world.network().cut(device.process());
            }
            case CUT -> world.network().cut(device.process());
            case FREEZE -> world.network().freeze(device.process(), action.b() % 3 != 0, action.b() % 3 != 1);
            case FILL_OUTBOUND -> fillOutbound(device, action);
            case SLOW_LINK -> {
                world.network().slowDown(device.process(), millis(action.b(), 400));
                later(millis(action.c(), 3_000), () -> world.network().slowDown(device.process(), 0));
            }
            default -> throw new IllegalArgumentException(action + " breaks nothing");
        }
    }

    private void fillOutbound(Device device, Action action) {
        ImClient client = device.client();
        List<ConversationId> shown = device.app().shown();
        if (client != null && !shown.isEmpty()) {
            world.network().freeze(device.process(), false, true);
            for (int i = 0; i < LEAST_QUERIES + action.b() % LEAST_QUERIES; i++) {
                var unused = client.requests().fetchAfter(shown.get(i % shown.size()), 0, 20);
            }
        }
    }

    private void standStill(Process process, int lot) {
        world.trace().note(process.name(), "stands still", "");
        process.standStill(millis(lot, LONGEST_STAND_MILLIS));
    }

    private void lock(Node node, Action action) {
        List<LoggedConversation> all = List.copyOf(world.truth().ledger().all());
        if (!all.isEmpty()) {
            node.weather().lock(all.get(action.b() % all.size()).id(), 1 + action.c() % 6);
        }
    }

    private void endTokens(Device device, Action action) {
        if (action.b() % 2 == 0) {
            world.gate().giveShortOnes(1_200 + action.c() % 3_000, millis(action.b(), 5_000));
            world.network().cut(device.process());
        } else {
            world.gate().refuseAll(millis(action.b(), 1_000));
        }
    }

    private void breakCluster(Action action) {
        Cluster cluster = world.cluster();
        switch (action.activity()) {
            case BUS_WORSE -> {
                switch (action.c() % 3) {
                    case 0 -> cluster.worsen(action.b() % 4 == 0 ? 1 : 0.4, 0, Duration.ZERO);
                    case 1 -> cluster.worsen(0.2, 0.5, Duration.ofMillis(30));
                    default -> cluster.worsen(0, 0.3, Duration.ofMillis(action.b() % LATEST_SIGNAL));
                }
                later(millis(action.a(), 4_000), () -> cluster.worsen(0, 0, Duration.ZERO));
            }
            case BUS_AWAY -> {
                cluster.busIsUp(false);
                later(millis(action.b(), 4_000), () -> cluster.busIsUp(true));
            }
            default -> {
                cluster.directoryIsAway(true);
                later(millis(action.b(), 4_000), () -> cluster.directoryIsAway(false));
            }
        }
    }

    private void restore(Action action) {
        world.nodes().forEach(Node::crash);
        world.truth().restore(action.b() % MOST_EFFECTS_LOST);
        world.trace().note("store", "is restored as " + world.truth().ledger().epoch(), "");
        world.nodes().forEach(node -> later(millis(action.c(), 500), node::start));
    }

    /** Nothing breaks any more, and what is down comes back. What is broken already has to be noticed by itself. */
    void end() {
        world.gate().calm();
        world.cluster().calm();
        world.network().noneIsSlow();
        for (Node node : world.nodes()) {
            node.weather().clear();
            node.start();
        }
        for (Device device : world.devices()) {
            device.app().calm();
            device.reachable();
            device.start();
        }
    }

    private void later(long nanos, Runnable what) {
        world.time().add(nanos, null, false, what);
    }

    private static long millis(int lot, long most) {
        return lot % most * MILLIS;
    }
}
