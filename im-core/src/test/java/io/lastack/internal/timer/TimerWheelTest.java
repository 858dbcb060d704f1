package io.lastack.internal.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.memory.VirtualRuntime;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration LONGEST_TURN = Duration.ofMillis(200);
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private Runnable heldUp = () -> {};
    private final TimerWheel wheel = new TimerWheel(new HoldingUp());
    private final List<String> fired = new ArrayList<>();

    @Test
    void aTimeoutFiresOnceWithinATickAndNeverEarly() {
        fire("far", HOUR);
        fire("near", Duration.ofMillis(120));
        fire("cancelled", Duration.ofMillis(120)).cancel();
        runtime.advance(Duration.ofMillis(119));
        assertThat(fired).isEmpty();
        runtime.advance(TICK);
        assertThat(fired).containsExactly("near");
        runtime.advance(HOUR.minusMillis(170));
        assertThat(fired).containsExactly("near");
        runtime.advance(TICK.plusMillis(1));
        assertThat(fired).containsExactly("near", "far");
        runtime.advance(HOUR);
        assertThat(fired).hasSize(2);
    }

    @Test
    void theRuntimeSeesATaskOnlyWhileATimeoutWaits() {
        assertThat(runtime.pending()).isZero();
        fire("first", TICK);
        fire("second", TICK);
        assertThat(runtime.pending()).isOne();
        runtime.advance(TICK.multipliedBy(3));
        assertThat(runtime.pending()).isZero();
    }

    @Test
    void itsTimePassesAsTheRuntimesDoesWhileItTurns() {
        fire("end", HOUR);
        long before = wheel.nanoTime();
        runtime.advance(Duration.ofMillis(1_234));
        assertThat(wheel.nanoTime() - before).isEqualTo(Duration.ofMillis(1_234).toNanos());
    }

    @Test
    void whatNobodyLivedThroughDoesNotCount() {
        fire("soon", TICK);
        fire("later", Duration.ofSeconds(1));
        long before = wheel.nanoTime();
        runtime.standStill(HOUR);
        assertThat(wheel.nanoTime() - before).isEqualTo(LONGEST_TURN.toNanos());
        fire("meanwhile", Duration.ofSeconds(1));
        runtime.runUntilIdle();
        assertThat(wheel.nanoTime() - before).isEqualTo(LONGEST_TURN.toNanos());
        assertThat(fired).containsExactly("soon");

        runtime.advance(Duration.ofSeconds(1).minus(LONGEST_TURN).plus(TICK));
        assertThat(fired).containsExactly("soon", "later");
        runtime.advance(LONGEST_TURN);
        assertThat(fired).containsExactly("soon", "later", "meanwhile");
    }

    @Test
    void itsTimeNeverGoesBackWhetherItTurnsOrRests() {
        long last = wheel.nanoTime();
        for (int i = 0; i < 20; i++) {
            fire("again", TICK);
            runtime.standStill(Duration.ofMillis(i * 30L));
            assertThat(wheel.nanoTime()).isGreaterThanOrEqualTo(last);
            last = wheel.nanoTime();
            runtime.advance(LONGEST_TURN);
            assertThat(wheel.nanoTime()).isGreaterThanOrEqualTo(last);
            last = wheel.nanoTime();
            runtime.advance(HOUR);
            assertThat(wheel.nanoTime() - last).isBetween(0L, LONGEST_TURN.toNanos());
            last = wheel.nanoTime();
        }
        assertThat(fired).hasSize(20);
    }

    @Test
    void whoIsHeldUpWhileReadingItIsNotTakenBack() {
        fire("end", HOUR);
        runtime.advance(Duration.ofSeconds(1));
        long before = wheel.nanoTime();
        heldUp = () -> {
            runtime.standStill(HOUR);
            runtime.runUntilIdle();
        };
        assertThat(wheel.nanoTime()).isGreaterThanOrEqualTo(before);
    }

    /** The runtime, as seen by a thread that is held up once after it has looked at the clock. */
    private final class HoldingUp implements EngineRuntime {
        @Override
        public long nanoTime() {
            long now = runtime.nanoTime();
            Runnable meanwhile = heldUp;
            heldUp = () -> {};
            meanwhile.run();
            return now;
        }

        @Override
        public long currentTimeMillis() {
            return runtime.currentTimeMillis();
        }

        @Override
        public void execute(Runnable task) {
            runtime.execute(task);
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            return runtime.schedule(delay, task);
        }

        @Override
        public RandomGenerator random() {
            return runtime.random();
        }
    }

    private TimerWheel.Timeout fire(String name, Duration after) {
        return wheel.schedule(after, () -> fired.add(name));
    }
}
