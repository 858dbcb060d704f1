package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.memory.VirtualRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Duration SOON = Duration.ofMillis(1);

    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private final Turns turns = new Turns(runtime, new Wire());
    private final List<String> trace = new ArrayList<>();

    @Test
    void aTimerThatIsCancelledWhenItsTimeHasComeDoesNotRun() {
        List<Turns.Timer> timers = new ArrayList<>();
        runtime.schedule(SOON, () -> turns.later(() -> timers.get(0).cancel()));
        timers.add(turns.after(SOON, () -> trace.add("ran")));
        runtime.advance(SOON);
        assertThat(trace).isEmpty();
    }

    @Test
    void aTimerRunsOnce() {
        turns.after(SOON, () -> trace.add("ran"));
        runtime.advance(Duration.ofSeconds(1));
        assertThat(trace).containsExactly("ran");
        assertThat(runtime.pending()).isZero();
    }

    @Test
    void withinATurnWorkIsDoneAtOnceAndOtherwiseInATurnOfItsOwn() {
        turns.nowOrLater(() -> trace.add("outside"));
        assertThat(trace).isEmpty();
        turns.later(() -> {
            turns.nowOrLater(() -> trace.add("inside"));
            trace.add("end of the turn");
        });
        runtime.runUntilIdle();
        assertThat(trace).containsExactly("outside", "inside", "end of the turn");
    }
}
