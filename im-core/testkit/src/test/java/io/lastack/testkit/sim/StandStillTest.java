package io.lastack.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A process that stands still does nothing meanwhile, and afterwards all that it has missed, in order. */
class StandStillTest {
    private static final long MILLI = 1_000_000;

    private final VirtualTime time = new VirtualTime(new SplittableRandom(1), new NobodyWatches());
    private final Process standing = new Process("standing", time, new SplittableRandom(2), 0);
    private final Process other = new Process("other", time, new SplittableRandom(3), 0);
    private final List<Integer> done = new ArrayList<>();
    private final List<Integer> doneByOther = new ArrayList<>();

    @Test
    void whatItHasMissedHappensInOrderWhenItGoesOn() {
        plan(40);
        time.runUntil(10 * MILLI);
        standing.standStill(100 * MILLI);
        time.runUntil(109 * MILLI);
        assertThat(done).isEqualTo(upTo(10));
        assertThat(doneByOther).isEqualTo(upTo(40));
        time.runUntil(111 * MILLI);
        assertThat(done).isEqualTo(upTo(40));
    }

    @Test
    void whoStandsStillAlreadyDoesSoNoLonger() {
        plan(40);
        standing.standStill(20 * MILLI);
        time.runUntil(15 * MILLI);
        standing.standStill(20 * MILLI);
        time.runUntil(19 * MILLI);
        assertThat(done).isEmpty();
        time.runUntil(21 * MILLI);
        assertThat(done).isEqualTo(upTo(21));
        time.runUntil(40 * MILLI);
        assertThat(done).isEqualTo(upTo(40));
    }

    @Test
    void whoDiesMeanwhileDoesNothingAfterwards() {
        plan(10);
        standing.standStill(20 * MILLI);
        time.runUntil(5 * MILLI);
        standing.die();
        time.runUntil(50 * MILLI);
        assertThat(done).isEmpty();
    }

    private void plan(int tasks) {
        for (int i = 1; i <= tasks; i++) {
            int number = i;
            standing.schedule(Duration.ofMillis(number), () -> done.add(number));
            other.schedule(Duration.ofMillis(number), () -> doneByOther.add(number));
        }
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static final class NobodyWatches implements VirtualTime.Watchdog {
        @Override
        public void threw(VirtualTime.Event event, RuntimeException failure) {
            throw failure;
        }

        @Override
        public void stuck() {
            throw new AssertionError("time does not go on");
        }

        @Override
        public boolean isOver() {
            return false;
        }
    }
}
