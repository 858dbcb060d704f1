package io.lastack.transport.tyrus.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bucket4j.Bucket;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.FrameKind;
import io.lastack.spi.RateLimiter;
import io.lastack.spi.RateLimiter.Attempt;
import io.lastack.spi.RateLimiter.Verdict;
import io.lastack.transport.tyrus.limit.RateRule.By;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class BucketRateLimiterTest {
    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private final RateLimiter strict = BucketRateLimiter.inMemory(RateLimits.strict(), runtime);

    @Test
    void thirtyPrivateMessagesAMinuteAreAllowedAndTheNextIsToldWhen() {
        assertThat(allowed(strict, "alice", FrameKind.DIRECT_MESSAGE)).isEqualTo(30);
        Verdict refused = strict.check(by("alice", FrameKind.DIRECT_MESSAGE));
        assertThat(refused.limit()).isEqualTo("30 private messages a minute");
        assertThat(refused.retryAfterMillis()).isBetween(1_990L, 2_001L);
        runtime.advance(Duration.ofMillis(refused.retryAfterMillis()));
        assertThat(allowed(strict, "alice", FrameKind.DIRECT_MESSAGE)).isEqualTo(1);
        runtime.advance(Duration.ofMinutes(1));
        assertThat(allowed(strict, "alice", FrameKind.DIRECT_MESSAGE)).isEqualTo(30);
    }

    @Test
    void eachSortOfFrameAndEachUserHasALimitOfItsOwn() {
        assertThat(allowed(strict, "alice", FrameKind.DIRECT_MESSAGE)).isEqualTo(30);
        assertThat(allowed(strict, "alice", FrameKind.ROOM_EVENT)).isEqualTo(60);
        assertThat(allowed(strict, "alice", FrameKind.SIGNAL)).isZero();
        assertThat(allowed(strict, "alice", FrameKind.ROOM_JOIN)).isEqualTo(10);
        assertThat(allowed(strict, "alice", FrameKind.QUERY)).isEqualTo(100);
        assertThat(allowed(strict, "alice", FrameKind.READ)).isZero();
        assertThat(allowed(strict, "bob", FrameKind.DIRECT_MESSAGE)).isEqualTo(30);
    }

    @Test
    void everyKindOfFrameIsLimitedBySomeRule() {
        for (RateLimits limits : new RateLimits[] {RateLimits.strict(), RateLimits.standard()}) {
            for (FrameKind kind : FrameKind.values()) {
                assertThat(limits.rules()).as(kind.name()).anyMatch(rule -> rule.subject(by("alice", kind)) != null);
            }
        }
    }

    @Test
    void loginsAreCountedByAddress() {
        for (int i = 0; i < 60; i++) {
            assertThat(strict.check(new Attempt(null, null, "10.0.0.1", FrameKind.LOGIN))
                            .isAllowed())
                    .isTrue();
        }
        assertThat(strict.check(new Attempt(null, null, "10.0.0.1", FrameKind.LOGIN))
                        .limit())
                .isEqualTo("60 logins from one address a minute");
        assertThat(strict.check(new Attempt(null, null, "10.0.0.2", FrameKind.LOGIN))
                        .isAllowed())
                .isTrue();
    }

    @Test
    void devicesAreCountedApartWhereTheRuleSaysSo() {
        RateRule rule = new RateRule("things", Set.of(FrameKind.OTHER), By.DEVICE, 1, Duration.ofSeconds(3));
        RateLimiter limiter = BucketRateLimiter.inMemory(RateLimits.of(rule), runtime);
        assertThat(limiter.check(on("phone")).isAllowed()).isTrue();
        assertThat(limiter.check(on("web")).isAllowed()).isTrue();
        assertThat(limiter.check(on("phone")).limit()).isEqualTo("1 things in 3000 ms");
    }

    @Test
    void severalLimitersMayShareTheirBuckets() {
        Map<String, Bucket> shared = new ConcurrentHashMap<>();
        RateLimits limits = RateLimits.strict();
        RateLimiter one = BucketRateLimiter.over(limits, (key, c) -> shared.computeIfAbsent(key, any -> bucket(c)));
        RateLimiter two = BucketRateLimiter.over(limits, (key, c) -> shared.computeIfAbsent(key, any -> bucket(c)));
        assertThat(allowed(one, "alice", FrameKind.ROOM_JOIN)).isEqualTo(10);
        assertThat(allowed(two, "alice", FrameKind.ROOM_JOIN)).isZero();
    }

    @Test
    void aRuleThatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateRule.aMinute(0, "x", By.USER, Set.of(FrameKind.OTHER)))
                .withMessageContaining("count 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateRule("x", Set.of(), By.USER, 1, Duration.ofSeconds(1)));
        RateRule rule = RateRule.aMinute(1, "x", By.USER, Set.of(FrameKind.OTHER));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateLimits.of(rule, rule))
                .withMessageContaining("same name");
    }

    private static Bucket bucket(io.github.bucket4j.BucketConfiguration configuration) {
        return Bucket.builder().addLimit(configuration.getBandwidths()[0]).build();
    }

    /** How many pass until the first that does not, without time passing. */
    private static int allowed(RateLimiter limiter, String user, FrameKind kind) {
        int count = 0;
        while (limiter.check(by(user, kind)).isAllowed()) {
            count++;
        }
        return count;
    }

    private static Attempt by(String user, FrameKind kind) {
        return new Attempt(UserId.of(user), DeviceId.of("d"), "address-of-" + user, kind);
    }

    private static Attempt on(String device) {
        return new Attempt(UserId.of("alice"), DeviceId.of(device), "a", FrameKind.OTHER);
    }
}
