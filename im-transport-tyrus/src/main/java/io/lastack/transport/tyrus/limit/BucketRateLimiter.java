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
import org.jspecify.annotations.Nullable;

/**
 * A {@link RateLimiter} with a token bucket for each rule and each user, device or address. Safe for several threads.
 */
public final class BucketRateLimiter implements RateLimiter {
    private static final int MAX_BUCKETS = 100_000;

    private final List<Limit> limits;
    private final BiFunction<String, BucketConfiguration, Bucket> buckets;

    private final @Nullable SharedCounts shared;

    private record Limit(RateRule rule, BucketConfiguration configuration) {}

    private BucketRateLimiter(
            RateLimits limits, BiFunction<String, BucketConfiguration, Bucket> buckets, @Nullable SharedCounts shared) {
        this.limits = limits.rules().stream()
                .map(rule -> new Limit(rule, rule.configuration()))
                .toList();
        this.buckets = buckets;
        this.shared = shared;
    }

    /**
     * Counts in memory, for one engine; never blocks. A bucket that has not been used for its rule's period is full again and
     * forgotten; of more than 100,000 buckets those least used are.
     *
     * @param runtime where the time comes from
     */
    public static BucketRateLimiter inMemory(RateLimits limits, EngineRuntime runtime) {
        return new BucketRateLimiter(limits, local(limits, runtime), null);
    }

    /**
     * Counts for all engines that share buckets, such as those that {@code RedisBuckets} of {@code im-store-redis} gives.
     * Counts {@linkplain #inMemory in memory} as well, so that no frame waits for the shared buckets: they are charged on the
     * runtime's threads with what was admitted, each time that it comes to a tenth of a limit, and an engine that hears that
     * they are overdrawn refuses until they are not. So all engines together admit a limit and a tenth of it for each engine,
     * and what comes while a charge is on its way; what was too much is made up for by a longer wait. While the shared buckets
     * fail, each engine limits by itself.
     *
     * @param buckets gives the bucket of a key, the same one to all engines; may block
     */
    public static BucketRateLimiter shared(
            RateLimits limits, EngineRuntime runtime, BiFunction<String, BucketConfiguration, Bucket> buckets) {
        SharedCounts counts =
                new SharedCounts(runtime, buckets, BucketRateLimiter.<SharedCounts.Account>cache(limits, runtime));
        return new BucketRateLimiter(limits, local(limits, runtime), counts);
    }

    private static <V> Cache<String, V> cache(RateLimits limits, EngineRuntime runtime) {
        Duration longest = limits.rules().stream()
                .map(RateRule::period)
                .max(Duration::compareTo)
                .orElseThrow();
        return Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(longest)
                .ticker(runtime::nanoTime)
                .executor(Runnable::run)
                .build();
    }

    private static BiFunction<String, BucketConfiguration, Bucket> local(RateLimits limits, EngineRuntime runtime) {
        Cache<String, Bucket> cache = cache(limits, runtime);
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
        return (key, configuration) -> cache.get(key, any -> {
            var bucket = Bucket.builder().withCustomTimePrecision(time);
            for (var bandwidth : configuration.getBandwidths()) {
                bucket.addLimit(bandwidth);
            }
            return bucket.build();
        });
    }

    /**
     * Counts in buckets that come from somewhere else. What the buckets do is done on the transport's threads: they must not
     * block for long, and their exceptions reach the client as a failed request. For buckets over a network,
     * {@link #shared}.
     *
     * @param buckets gives the bucket of a key, the same one each time
     */
    public static BucketRateLimiter over(RateLimits limits, BiFunction<String, BucketConfiguration, Bucket> buckets) {
        return new BucketRateLimiter(limits, buckets, null);
    }

    @Override
    public Verdict check(Attempt attempt) {
        for (Limit limit : limits) {
            String subject = limit.rule().subject(attempt);
            if (subject == null) {
                continue;
            }
            String key = limit.rule().name() + ":" + subject;
            long nanos = shared == null ? 0 : shared.waitNanos(key);
            if (nanos == 0) {
                ConsumptionProbe probe =
                        buckets.apply(key, limit.configuration()).tryConsumeAndReturnRemaining(1);
                nanos = probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
            }
            if (nanos > 0) {
                // Rounded up: a client that comes back on the dot must not be refused again.
                return Verdict.exceeded(limit.rule().text(), TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
            }
            if (shared != null) {
                shared.admitted(key, limit.configuration());
            }
        }
        return Verdict.ALLOWED;
    }
}
