package io.lastack.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.memory.VirtualRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private final SerialExecutor serial = new SerialExecutor(runtime);
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void runsTasksInTheOrderGivenAndNeverWithinTheCall() {
        IntStream.range(0, 1_000).forEach(i -> serial.execute(() -> ran.add(i)));
        assertThat(ran).isEmpty();

        runtime.runUntilIdle();
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void aTaskGivenByATaskRunsAfterThoseGivenBefore() {
        serial.execute(() -> {
            serial.execute(() -> ran.add(2));
            ran.add(0);
        });
        serial.execute(() -> ran.add(1));

        runtime.runUntilIdle();
        assertThat(ran).containsExactly(0, 1, 2);
    }

    @Test
    void aTaskThatThrowsDoesNotKeepTheNextFromRunning() {
        serial.execute(() -> {
            throw new IllegalStateException("expected by the test");
        });
        serial.execute(() -> ran.add(1));

        runtime.runUntilIdle();
        assertThat(ran).containsExactly(1);
    }

    @Test
    void anErrorReachesTheRuntimeAndTheNextTaskRunsAllTheSame() {
        serial.execute(() -> {
            throw new AssertionError("expected by the test");
        });
        serial.execute(() -> ran.add(1));

        assertThatThrownBy(runtime::runUntilIdle).isInstanceOf(AssertionError.class);
        runtime.runUntilIdle();
        assertThat(ran).containsExactly(1);
    }

    @Test
    void aBusyExecutorGivesTheThreadBackNowAndThen() {
        IntStream.range(0, 1_000).forEach(i -> serial.execute(() -> ran.add(i)));

        runtime.runNext();
        assertThat(ran).hasSizeBetween(1, 999);
    }

    @Test
    void onlyATaskIsInside() {
        List<Boolean> inside = new ArrayList<>();
        serial.execute(() -> inside.add(serial.isInside()));
        runtime.runUntilIdle();

        assertThat(inside).containsExactly(true);
        assertThat(serial.isInside()).isFalse();
    }
}
