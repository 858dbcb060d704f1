package io.lastack.testkit.sim;

import java.util.List;
import java.util.Optional;

/**
 * Simulates a scenario: the shipping engine and the shipping client over a store and a network that fail, in the calling
 * thread, on virtual time. A seed decides what happens, in which order, and what breaks; the same seed gives the same
 * simulation, to the last task.
 *
 * <p>After every step it is checked that nothing is lost, doubled, out of order, or shown to whom it does not concern
 * ({@link Invariant}); the oracle keeps its own books from the calls to the store that took effect. When all steps are
 * done nothing breaks any more, and everything confirmed has to arrive.
 *
 * <pre>{@code
 * Simulator simulator = Simulator.of(Scenario.standard());
 * simulator.check(seed).ifPresent(failure -> fail(failure.toString()));
 * }</pre>
 *
 * <p>Safe for use by several threads, each of which runs its own simulations.
 */
public final class Simulator {
    private static final int SHRINKING_RUNS = 400;

    private final Scenario scenario;

    private Simulator(Scenario scenario) {
        this.scenario = scenario;
    }

    public static Simulator of(Scenario scenario) {
        return new Simulator(scenario);
    }

    /** Runs one simulation, without words. */
    public Run run(long seed) {
        return run(Plan.draw(scenario, seed), false);
    }

    /** Runs one simulation, and tells all that happened in it. */
    public Run runWithTrace(long seed) {
        return run(Plan.draw(scenario, seed), true);
    }

    /** Runs one simulation; where an invariant does not hold, looks for the shortest plan in which it does not. */
    public Optional<Failure> check(long seed) {
        return check(seed, SHRINKING_RUNS);
    }

    /** @param mostRuns how many shorter simulations to try at the most; 0 to leave the plan as it is */
    public Optional<Failure> check(long seed, int mostRuns) {
        Plan plan = Plan.draw(scenario, seed);
        Violation violation = run(plan, false).violation();
        if (violation == null) {
            return Optional.empty();
        }
        Plan shortest = new Shrinker(this, violation.invariant(), mostRuns).shrink(plan, violation);
        Run last = run(shortest, true);
        List<String> steps = shortest.actions().stream().map(Action::toString).toList();
        return Optional.of(
                new Failure(seed, last.violation() == null ? violation : last.violation(), steps, last.trace()));
    }

    Run run(Plan plan, boolean keepTrace) {
        return new Simulation(scenario, plan, keepTrace).run();
    }
}
