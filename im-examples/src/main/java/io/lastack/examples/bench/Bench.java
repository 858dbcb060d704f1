package io.lastack.examples.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Runs one workload against one target. */
final class Bench {
    private final Load load;
    private final Rate rate;

    Bench(Load load, Rate rate) {
        this.load = load;
        this.rate = rate;
    }

    /**
     * @param runId makes the users' names new, where the server has a past
     * @return the figures of each phase; faults are among them
     */
    List<Figures> run(WorkloadName workload, String runId, Target target)
            throws Stage.Failure, InterruptedException, IOException {
        Stage stage = Stage.over(target.dialer(), target.tokens(), load.codec());
        String prefix = "b" + runId + "-";
        try {
            return switch (workload) {
                case W1 -> crowd(workload, Crowd.pairs(stage, prefix, load), stage, target, load.inFlight());
                case W2 -> crowd(workload, Crowd.group(stage, prefix, load), stage, target, load.groupInFlight());
                case W3 ->
                    List.of(new BacklogRun(stage, target.server(), load)
                            .run(prefix)
                            .putFirst("codec", load.codec().subprotocol())
                            .putFirst("phase", "drain")
                            .putFirst("workload", workload.text())
                            .put("faults", stage.faults().count()));
            };
        } finally {
            stage.faults().first().forEach(fault -> System.err.println("FAULT " + fault));
            stage.leave();
        }
    }

    private List<Figures> crowd(WorkloadName workload, Crowd crowd, Stage stage, Target target, int inFlight)
            throws Stage.Failure, InterruptedException, IOException {
        CrowdRun run = new CrowdRun(stage, crowd, target.server(), load);
        List<Figures> phases = new ArrayList<>();
        Figures full = run.saturate(inFlight);
        phases.add(named(full, workload, "full", crowd, stage));
        OptionalDouble then = rate.given(full.get("messagesPerSecond"));
        if (then.isPresent() && stage.faults().count() == 0) {
            phases.add(named(run.atRate(then.getAsDouble()), workload, "rate", crowd, stage));
        }
        return phases;
    }

    private Figures named(Figures figures, WorkloadName workload, String phase, Crowd crowd, Stage stage) {
        return figures.putFirst("devices", crowd.devices().size())
                .putFirst("codec", load.codec().subprotocol())
                .putFirst("phase", phase)
                .putFirst("workload", workload.text())
                .put("faults", stage.faults().count());
    }
}
