package io.lastack.transport.tyrus.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * A {@link RateLimiter} with a token bucket for each rule and each user, device or address. Safe for several threads.
 */
public final class BucketRateLimiter implements RateLimiter {
    private static final int MAX_BUCKETS = 100_000;

    private final List<Limit> limits;
    private final BiFunction<String, BucketConfiguration, Bucket> buckets;

    private record Limit(RateRule rule, BucketConfiguration configuration) {}

    private BucketRateLimiter(RateLimits limits, BiFunction<String, BucketConfiguration, Bucket> buckets) {
        this.limits = limits.rules().stream()
                .map(rule -> new Limit(rule, rule.configuration()))
                .toList();
        this.buckets = buckets;
    }

    /**
     * Counts in memory, for one engine; never blocks. A bucket that has not been used for its rule's period is full again and
     * forgotten; of more than 100,000 buckets those least used are.
     *
     * @param runtime where the time comes from
     */
    public static BucketRateLimiter inMemory(RateLimits limits, EngineRuntime runtime) {
        Duration longest = limits.rules().stream()
                .map(RateRule::period)
                .max(Duration::compareTo)
                .orElseThrow();
        Cache<String, Bucket> cache = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(longest)
                .ticker(runtime::nanoTime)
                .executor(Runnable::run)
                .build();
        TimeMeter time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return runtime.nanoTime();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
        return over(
                limits,
                (key, configuration) -> cache.get(key, any -> {
                    var bucket = Bucket.builder().withCustomTimePrecision(time);
                    for (var bandwidth : configuration.getBandwidths()) {
                        bucket.addLimit(bandwidth);
                    }
                    return bucket.build();
                }));
    }

    /**
     * Counts in buckets that come from somewhere else, such as a {@code ProxyManager} of Bucket4j over Redis, which several
     * engines share: {@code (key, configuration) -> proxies.builder().build(key, () -> configuration)}. What the buckets do
     * is done on the transport's threads: they must not block for long, and their exceptions reach the client as a failed
     * request.
     *
     * @param buckets gives the bucket of a key, the same one each time
     */
    public static BucketRateLimiter over(RateLimits limits, BiFunction<String, BucketConfiguration, Bucket> buckets) {
        return new BucketRateLimiter(limits, buckets);
    }

    @Override
    public Verdict check(Attempt attempt) {
        for (Limit limit : limits) {
            String subject = limit.rule().subject(attempt);
            if (subject == null) {
                continue;
            }
            ConsumptionProbe probe = buckets.apply(limit.rule().name() + ":" + subject, limit.configuration())
                    .tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                // Rounded up: a client that comes back on the dot must not be refused again.
                long millis = TimeUnit.NANOSECONDS.toMillis(probe.getNanosToWaitForRefill()) + 1;
                return Verdict.exceeded(limit.rule().text(), millis);
            }
        }
        return Verdict.ALLOWED;
    }
}
