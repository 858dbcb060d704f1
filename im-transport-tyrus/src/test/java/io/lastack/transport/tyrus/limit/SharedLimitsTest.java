package io.lastack.transport.tyrus.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.FrameKind;
import io.lastack.spi.RateLimiter;
import io.lastack.spi.RateLimiter.Attempt;
import io.lastack.transport.tyrus.limit.RateRule.By;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two engines that share their limits, in virtual time. */
class SharedLimitsTest {
    private static final int LIMIT = 100;
    /** What an engine admits before it tells. */
    private static final int SHARE = LIMIT / 10;

    private static final RateLimits LIMITS =
            RateLimits.of(RateRule.aMinute(LIMIT, "things", By.USER, Set.of(FrameKind.OTHER)));
    private static final Attempt ATTEMPT =
            new Attempt(UserId.of("alice"), DeviceId.of("phone"), "address", FrameKind.OTHER);

    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final RateLimiter one = BucketRateLimiter.shared(LIMITS, runtime, this::bucket);
    private final RateLimiter two = BucketRateLimiter.shared(LIMITS, runtime, this::bucket);
    private int asked;
    private boolean failing;

    private Bucket bucket(String key, BucketConfiguration configuration) {
        asked++;
        if (failing) {
            throw new IllegalStateException("the test pulled the plug");
        }
        return buckets.computeIfAbsent(
                key,
                any -> Bucket.builder()
                        .withCustomTimePrecision(new TimeMeter() {
                            @Override
                            public long currentTimeNanos() {
                                return runtime.nanoTime();
                            }

                            @Override
                            public boolean isWallClockBased() {
                                return false;
                            }
                        })
                        .addLimit(configuration.getBandwidths()[0])
                        .build());
    }

    /** How many of so many are admitted, one after another, by both in turn. */
    private int admitted(int attempts) {
        int count = 0;
        for (int i = 0; i < attempts; i++) {
            count += (i % 2 == 0 ? one : two).check(ATTEMPT).isAllowed() ? 1 : 0;
            runtime.runUntilIdle();
        }
        return count;
    }

    @Test
    void togetherTheyAdmitTheLimitAndAShareForEach() {
        assertThat(admitted(10 * LIMIT)).isBetween(LIMIT, LIMIT + 2 * SHARE);
    }

    @Test
    void whatWasTooMuchIsMadeUpForSoThatTheRateHolds() {
        int count = 0;
        int minutes = 10;
        for (int second = 0; second < 60 * minutes; second++) {
            count += admitted(20);
            runtime.advance(Duration.ofSeconds(1));
        }
        assertThat(count).isBetween((minutes - 1) * LIMIT, (minutes + 1) * LIMIT + 2 * SHARE);
    }

    @Test
    void whoIsRefusedForWhatAnotherEngineAdmittedIsToldWhenToComeBack() {
        admitted(10 * LIMIT);
        RateLimiter.Verdict refused = two.check(ATTEMPT);
        assertThat(refused.limit()).isEqualTo("100 things a minute");
        runtime.advance(Duration.ofMillis(refused.retryAfterMillis()));
        assertThat(two.check(ATTEMPT).isAllowed()).isTrue();
    }

    @Test
    void theSharedBucketsAreAskedOnceForATenthOfTheLimit() {
        int count = admitted(LIMIT);
        assertThat(asked).isBetween(count / SHARE - 2, count / SHARE);
    }

    @Test
    void whileTheyFailEachLimitsByItselfAndTheyAreAskedOnceASecond() {
        failing = true;
        assertThat(admitted(10 * LIMIT)).isEqualTo(2 * LIMIT);
        assertThat(asked).isEqualTo(2);
        runtime.advance(Duration.ofMillis(10_500));
        assertThat(asked).isEqualTo(22);

        failing = false;
        runtime.advance(Duration.ofSeconds(1));
        assertThat(admitted(10 * LIMIT))
                .as("what both admitted meanwhile is charged, with the next share at the latest")
                .isLessThanOrEqualTo(SHARE);
    }
}
