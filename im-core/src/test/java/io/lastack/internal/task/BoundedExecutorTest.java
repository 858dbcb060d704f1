package io.lastack.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.ImRuntime;
import io.lastack.memory.VirtualRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedExecutorTest {
    private final VirtualRuntime virtual = VirtualRuntime.seeded(1);

    @Test
    void noMoreRunAtOnceThanMayAndAllRun() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(500);
        CountDownLatch three = new CountDownLatch(3);
        try (ImRuntime runtime = ImRuntime.system()) {
            BoundedExecutor bounded = new BoundedExecutor(runtime, 3);
            for (int i = 0; i < 500; i++) {
                bounded.execute(() -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    three.countDown();
                    await(three);
                    now.decrementAndGet();
                    done.countDown();
                });
            }
            await(done);
        }
        assertThat(most).hasValue(3);
    }

    @Test
    void thoseThatWaitBeginInTheOrderGivenAndNeverWithinTheCall() {
        BoundedExecutor one = new BoundedExecutor(virtual, 1);
        List<Integer> ran = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> one.execute(() -> ran.add(i)));
        assertThat(ran).isEmpty();

        virtual.runUntilIdle();
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void aTaskThatThrowsTakesNobodysPlace() {
        BoundedExecutor one = new BoundedExecutor(virtual, 1);
        List<Integer> ran = new ArrayList<>();
        one.execute(() -> {
            throw new IllegalStateException("expected by the test");
        });
        one.execute(() -> ran.add(1));
        virtual.runUntilIdle();
        one.execute(() -> ran.add(2));
        virtual.runUntilIdle();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void whoeverEndsItsThreadTakesNobodysPlace() {
        BoundedExecutor one = new BoundedExecutor(virtual, 1);
        List<Integer> ran = new ArrayList<>();
        one.execute(() -> {
            throw new StackOverflowError("expected by the test");
        });
        one.execute(() -> ran.add(1));
        assertThatThrownBy(virtual::runUntilIdle).isInstanceOf(StackOverflowError.class);
        virtual.runUntilIdle();
        assertThat(ran).containsExactly(1);
    }

    @Test
    void thoseThatWaitGoOnInTheSameThreadUntilItsTurnIsOver() {
        BoundedExecutor one = new BoundedExecutor(virtual, 1);
        List<String> ran = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> one.execute(() -> ran.add("bounded")));
        virtual.execute(() -> ran.add("other"));
        virtual.runUntilIdle();
        assertThat(ran.indexOf("other")).isBetween(2, 100);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
