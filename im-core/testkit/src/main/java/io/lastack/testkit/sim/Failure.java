package io.lastack.testkit.sim;

import java.util.List;

/**
 * A simulation in which an invariant did not hold, made as short as could be found.
 *
 * @param seed of the whole simulation, for {@link Simulator#run}
 * @param violation in the shortened one
 * @param steps what is left of the plan, a line each
 * @param trace of the shortened simulation, a line for each thing that happened
 */
public record Failure(long seed, Violation violation, List<String> steps, List<String> trace) {
    private static final int TRACE_SHOWN = 120;

    public Failure {
        steps = List.copyOf(steps);
        trace = List.copyOf(trace);
    }

    /** The violation, the steps that lead to it, and the end of the trace. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append("seed ")
                .append(seed)
                .append(": ")
                .append(violation)
                .append("\n\n")
                .append(steps.size())
                .append(" steps are enough:\n");
        for (int i = 0; i < steps.size(); i++) {
            text.append(String.format("%4d  %s%n", i + 1, steps.get(i)));
        }
        int from = Math.max(0, trace.size() - TRACE_SHOWN);
        text.append("\nThe last ").append(trace.size() - from).append(" of ").append(trace.size());
        text.append(" lines of the trace (step, time, who, what):\n");
        trace.subList(from, trace.size()).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
