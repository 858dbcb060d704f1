package io.lastack.testkit.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Shortens a plan that fails: leaves out parts, large ones first, as long as the same invariant breaks (delta debugging, A.
 * Zeller, 1999). Whatever else is drawn comes from the same seed.
 */
final class Shrinker {
    private final Simulator simulator;
    private final Invariant invariant;
    private int runsLeft;

    /** @param mostRuns how many shorter plans to try at the most */
    Shrinker(Simulator simulator, Invariant invariant, int mostRuns) {
        this.simulator = simulator;
        this.invariant = invariant;
        this.runsLeft = mostRuns;
    }

    Plan shrink(Plan failing, Violation violation) {
        int needed = Math.min(violation.step(), failing.actions().size());
        Plan plan = new Plan(failing.seed(), failing.actions().subList(0, needed));
        plan = fails(plan) ? plan : failing;
        for (int size = Math.max(1, plan.actions().size() / 2); runsLeft > 0; size = Math.max(1, size / 2)) {
            int before = plan.actions().size();
            plan = withoutParts(plan, size);
            if (size == 1 && plan.actions().size() == before) {
                break;
            }
        }
        return plan;
    }

    private Plan withoutParts(Plan plan, int size) {
        Plan shortest = plan;
        for (int to = plan.actions().size(); to > 0 && runsLeft > 0; to -= size) {
            Plan shorter = without(shortest, Math.max(0, to - size), to);
            if (fails(shorter)) {
                shortest = shorter;
            }
        }
        return shortest;
    }

    /** Goes backwards through the plan, so that what was left out lies behind what is still to be tried. */
    private static Plan without(Plan plan, int from, int to) {
        List<Action> actions = new ArrayList<>(plan.actions().subList(0, from));
        actions.addAll(plan.actions().subList(to, plan.actions().size()));
        return new Plan(plan.seed(), actions);
    }

    private boolean fails(Plan plan) {
        runsLeft--;
        Violation violation = simulator.run(plan, false).violation();
        return violation != null && violation.invariant() == invariant;
    }
}
