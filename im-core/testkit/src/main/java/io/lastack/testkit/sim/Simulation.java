package io.lastack.testkit.sim;

import io.lastack.cursor.CursorKey;
import java.util.ArrayList;
import java.util.List;

/** One run of one plan. */
final class Simulation {
    private static final int STEPS_BETWEEN_FULL_CHECKS = 100;
    private static final long HEALING_STEP = 250_000_000;
    private static final int MOST_TASKS = 12;

    private final Plan plan;
    private final Scenario scenario;
    private final World world;
    private final Workload workload;
    private final Faults faults;
    private final Convergence convergence;
    private int steps;

    Simulation(Scenario scenario, Plan plan, boolean keepTrace) {
        this.plan = plan;
        this.scenario = scenario;
        this.world = new World(scenario, plan.seed(), keepTrace);
        this.workload = new Workload(world);
        this.faults = new Faults(world);
        this.convergence = new Convergence(world);
    }

    Run run() {
        world.start();
        workload.begin();
        for (Action action : plan.actions()) {
            if (world.referee().isOver()) {
                break;
            }
            step(action);
        }
        if (!world.referee().isOver()) {
            heal();
        }
        if (!world.referee().isOver()) {
            world.truth().verifyAll(devices());
        }
        return outcome();
    }

    private void step(Action action) {
        world.trace().step(++steps);
        world.trace().note("STEP", action.activity().name(), "", action.a(), action.b());
        if (action.activity().isFault()) {
            faults.act(action);
        } else {
            workload.act(action);
        }
        if (action.pauseNanos() == 0) {
            world.time().runSome(1 + action.c() % MOST_TASKS);
        } else {
            world.time().runUntil(world.time().nanos() + action.pauseNanos());
        }
        if (steps % STEPS_BETWEEN_FULL_CHECKS == 0) {
            world.truth().verifyAll(devices());
        }
    }

    private void heal() {
        world.trace().step(steps + 1);
        world.trace().note("HEALING", "nothing breaks any more", "");
        faults.end();
        long deadline = world.time().nanos() + scenario.healing().toNanos();
        String owed = "";
        while (owed != null && !world.referee().isOver()) {
            if (world.time().nanos() >= deadline) {
                world.referee()
                        .violated(
                                Invariant.ALL_ARRIVES,
                                "after " + scenario.healing().toSeconds() + " s without faults, " + owed);
            }
            world.time().runUntil(world.time().nanos() + HEALING_STEP);
            owed = convergence.owed();
        }
    }

    private List<CursorKey> devices() {
        List<CursorKey> keys = new ArrayList<>();
        for (LoggedConversation conversation : world.truth().ledger().all()) {
            for (Device device : world.devices()) {
                if (conversation.of(device.user()) != null) {
                    keys.add(device.key(conversation.id()));
                }
            }
        }
        return keys;
    }

    private Run outcome() {
        long appended = world.truth().ledger().all().stream()
                .mapToLong(LoggedConversation::head)
                .sum();
        return new Run(
                plan.seed(),
                world.referee().violation(),
                world.trace().hash(),
                steps,
                world.time().ran(),
                world.time().nanos() / 1_000_000,
                appended,
                world.trace().lines());
    }
}
