package io.lastack.testkit.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one simulation went.
 *
 * @param seed it can be repeated with
 * @param violation what did not hold; null if everything did
 * @param hash of all that happened, in order: equal for equal runs
 * @param steps how many steps were made
 * @param events how many tasks, packets and timers ran
 * @param virtualMillis how much time passed in the simulation
 * @param appended how many messages are in the logs at the end
 * @param trace what happened, a line each; empty unless asked for
 */
public record Run(
        long seed,
        @Nullable Violation violation,
        long hash,
        int steps,
        long events,
        long virtualMillis,
        long appended,
        List<String> trace) {
    public Run {
        trace = List.copyOf(trace);
    }

    /** Whether every invariant held. */
    public boolean passed() {
        return violation == null;
    }
}
