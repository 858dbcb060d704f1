package io.lastack.internal.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final long ROUND = 2_000_000_000L;
    private static final long BEGIN = 5_000_000_000L;

    private final Turns turns = new Turns(ROUND);
    private final int[] sizes = new int[Turns.PARTS];
    private final long[] last = new long[Turns.PARTS];
    private long now = BEGIN;
    private long longest;
    private int most;

    @BeforeEach
    void begin() {
        Arrays.fill(last, BEGIN);
        turns.begin(now);
    }

    private void fill(int things) {
        Arrays.fill(sizes, things / Turns.PARTS);
    }

    /** Takes, and waits until the next time. */
    private List<Integer> take() {
        List<Integer> parts = turns.take(now, part -> sizes[part]);
        assertThat(parts).isNotEmpty().doesNotHaveDuplicates();
        parts.forEach(part -> {
            longest = Math.max(longest, now - last[part]);
            last[part] = now;
        });
        if (parts.size() > 1) {
            most = Math.max(most, parts.stream().mapToInt(part -> sizes[part]).sum());
        }
        now += turns.pauseNanos(now);
        return parts;
    }

    @Test
    void allPartsComeTogetherOnceARoundWhereThereIsLittle() {
        fill(32);
        for (int i = 0; i < 5; i++) {
            assertThat(take()).hasSize(Turns.PARTS);
            assertThat(now).isEqualTo(BEGIN + (i + 1) * ROUND);
        }
    }

    @Test
    void theyComeEvenlySpreadWhereThereIsMuch() {
        fill(3_200);
        for (int i = 0; i < 40; i++) {
            take();
        }
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            long before = now;
            assertThat(take()).hasSize(2);
            pauses.add(now - before);
        }
        assertThat(pauses).containsOnly(ROUND / 8);
    }

    @Test
    void whateverIsAddedAtOnceIsComparedAFewAtATimeAndNoneLaterThanAnEighthOfARound() {
        fill(32);
        take();
        fill(3_200);
        for (int i = 0; i < 100; i++) {
            take();
        }
        assertThat(most).isLessThanOrEqualTo(Turns.THINGS + 200);
        assertThat(longest).isBetween(ROUND, ROUND + ROUND / 8);
    }

    @Test
    void noPartWaitsForLongerThanARoundAndAnEighthHoweverTheNumbersChange() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(7) == 0) {
                fill(1 << random.nextInt(15));
            }
            if (random.nextInt(5) == 0) {
                sizes[random.nextInt(Turns.PARTS)] = random.nextInt(600);
            }
            take();
        }
        assertThat(longest).isBetween(ROUND, ROUND + ROUND / 8);
    }

    @Test
    void aPartThatHasMoreThanIsComparedTogetherComesAlone() {
        fill(160_000);
        for (int i = 0; i < 50; i++) {
            assertThat(take()).hasSize(1);
        }
        assertThat(longest).isLessThanOrEqualTo(ROUND + ROUND / 8);
    }
}
