package io.lastack.testkit.sim.planted;

import io.lastack.testkit.sim.Activity;
import io.lastack.testkit.sim.Run;
import io.lastack.testkit.sim.Scenario;
import io.lastack.testkit.sim.Simulator;
import java.util.Objects;
import java.util.function.BiFunction;

/** Looks for a seed that fails. Loaded once more beside each patched class, and called by reflection. */
public final class Hunt implements BiFunction<Long, Integer, String> {
    /** Restoring a backup is rare otherwise, as it hides what came before. */
    private static final int MORE_RESTORES = 8;

    /** @return the number of the first seed that fails, and the invariant; "none" if all pass */
    @Override
    public String apply(Long firstSeed, Integer count) {
        Simulator simulator = Simulator.of(Scenario.standard().with(Activity.RESTORE_STORE, MORE_RESTORES));
        for (int n = 0; n < count; n++) {
            Run run = simulator.run(firstSeed + n);
            if (!run.passed()) {
                return (n + 1) + " " + Objects.requireNonNull(run.violation()).invariant();
            }
        }
        return "none";
    }
}
