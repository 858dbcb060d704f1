package io.lastack.testkit.sim;

import org.jspecify.annotations.Nullable;

/** Remembers the first violation, after which nothing more runs. */
final class Referee implements VirtualTime.Watchdog {
    private @Nullable Trace trace;
    private @Nullable Violation violation;

    void writeTo(Trace to) {
        trace = to;
    }

    void violated(Invariant invariant, String text) {
        if (violation == null) {
            violation = new Violation(invariant, trace == null ? 0 : trace.step(), text);
            note(invariant + ": " + text);
        }
    }

    private void note(String text) {
        if (trace != null) {
            trace.note("VIOLATION", text, "");
        }
    }

    @Nullable
    Violation violation() {
        return violation;
    }

    @Override
    public void threw(VirtualTime.Event event, RuntimeException failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        String who = event.owner == null ? "the simulation" : event.owner.name();
        violated(
                Invariant.NO_FAILURE,
                "a task of " + who + " threw " + failure + (stack.length == 0 ? "" : " at " + stack[0]));
    }

    @Override
    public void stuck() {
        violated(Invariant.WORK_ENDS, "tasks follow tasks and time does not go on");
    }

    @Override
    public boolean isOver() {
        return violation != null;
    }
}
