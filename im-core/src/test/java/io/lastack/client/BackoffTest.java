package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration BASE = Duration.ofMillis(500);
    private static final Duration MAX = Duration.ofSeconds(30);

    @Test
    void everyWaitIsUniformBetweenZeroAndItsDoubledCeiling() {
        for (int attempt = 0; attempt < 12; attempt++) {
            double ceiling = Math.min(30_000, 500 * Math.pow(2, attempt));
            LongSummaryStatistics waits = waitsOfAttempt(attempt, 4_000);
            assertThat(waits.getMin()).isBetween(0L, (long) (ceiling / 100));
            assertThat(waits.getMax()).isBetween((long) (ceiling * 0.99), (long) ceiling);
            assertThat(waits.getAverage()).isBetween(ceiling * 0.48, ceiling * 0.52);
        }
    }

    @Test
    void theCeilingHoldsHoweverOftenItFails() {
        Backoff backoff = new Backoff(BASE, MAX, new SplittableRandom(3));
        for (int attempt = 0; attempt < 10_000; attempt++) {
            assertThat(backoff.next()).isBetween(Duration.ZERO, MAX);
        }
        assertThat(backoff.attempts()).isEqualTo(10_000);
    }

    @Test
    void aResetBeginsAgain() {
        Backoff backoff = new Backoff(BASE, MAX, new SplittableRandom(3));
        for (int attempt = 0; attempt < 10; attempt++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.attempts()).isZero();
        assertThat(backoff.next()).isLessThanOrEqualTo(BASE);
    }

    @Test
    void aBaseThatIsTheMaximumStaysThere() {
        Backoff backoff = new Backoff(MAX, MAX, new SplittableRandom(3));
        for (int attempt = 0; attempt < 100; attempt++) {
            assertThat(backoff.next()).isBetween(Duration.ZERO, MAX);
        }
    }

    /** The n-th wait of many clients, in milliseconds. */
    private static LongSummaryStatistics waitsOfAttempt(int attempt, int clients) {
        LongSummaryStatistics waits = new LongSummaryStatistics();
        SplittableRandom random = new SplittableRandom(17 + attempt);
        for (int client = 0; client < clients; client++) {
            Backoff backoff = new Backoff(BASE, MAX, random);
            for (int earlier = 0; earlier < attempt; earlier++) {
                backoff.next();
            }
            waits.accept(backoff.next().toMillis());
        }
        return waits;
    }
}
