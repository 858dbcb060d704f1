package io.lastack.testkit.sim.planted;

import io.lastack.testkit.sim.Activity;
import io.lastack.testkit.sim.Run;
import io.lastack.testkit.sim.Scenario;
import io.lastack.testkit.sim.Simulator;
import java.util.Objects;
import java.util.function.BiFunction;

/** Looks for a seed that fails. Loaded once more beside each patched class, and called by reflection. */
public class Hunt implements BiFunction<Long, Integer, String> {
    /** Restoring a backup is rare otherwise, as it hides what came before. */
    private static final int MORE_RESTORES = 8;
    /** So are signals that come late enough to matter. */
    private static final int MORE_OF_A_BAD_BUS = 80;

    /** @return the number of the first seed that fails, and the invariant; "none" if all pass */
    @Override
    public String apply(Long firstSeed, Integer count) {
        Simulator simulator = Simulator.of(scenario());
        for (int n = 0; n < count; n++) {
            Run run = simulator.run(firstSeed + n);
            if (!run.passed()) {
                return (n + 1) + " " + Objects.requireNonNull(run.violation()).invariant();
            }
        }
        return "none";
    }

    Scenario scenario() {
        return Scenario.standard()
                .with(Activity.RESTORE_STORE, MORE_RESTORES)
                .with(Activity.BUS_WORSE, MORE_OF_A_BAD_BUS);
    }

    /** Where the nodes have no bus: with one, a second look hides some bugs. */
    public static final class WithoutBus extends Hunt {
        @Override
        Scenario scenario() {
            return super.scenario().withoutBus();
        }
    }
}
