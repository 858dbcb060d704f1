package io.lastack.store.redis.cluster;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.serialization.Mapper;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import java.time.Duration;
import java.util.function.BiFunction;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/**
 * Token buckets of Bucket4j in Redis, for rate limits that hold for all nodes together: what
 * {@code BucketRateLimiter.shared} of {@code im-transport-tyrus} asks for. Needs {@code bucket4j_jdk17-jedis} on the class
 * path. A bucket is one key, which expires when it is full again; time is what the clocks of the nodes say, so that those
 * should agree within a second. Thread-safe; what a bucket does blocks, and fails with an exception of Jedis while Redis is
 * away.
 */
public final class RedisBuckets implements BiFunction<String, BucketConfiguration, Bucket>, AutoCloseable {
    private static final Duration KEPT_AFTER_FULL = Duration.ofSeconds(10);

    private final UnifiedJedis redis;
    private final boolean own;
    private final String prefix;
    private final ProxyManager<String> buckets;

    private RedisBuckets(UnifiedJedis redis, boolean own, String prefix) {
        this.redis = redis;
        this.own = own;
        this.prefix = prefix + "limit:";
        this.buckets = Bucket4jJedis.casBasedBuilder(redis)
                .keyMapper(Mapper.STRING)
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_AFTER_FULL))
                .build();
    }

    /**
     * Buckets on the server at a URL, such as {@code redis://host:6379}.
     *
     * @throws IllegalArgumentException if it is not such
     */
    public static RedisBuckets of(String url) {
        return new RedisBuckets(RedisClient.create(Servers.parse(url)), true, "lastack:");
    }

    /**
     * @param client of a server or a cluster; stays the caller's to close
     * @param prefix of all keys
     */
    public static RedisBuckets of(UnifiedJedis client, String prefix) {
        return new RedisBuckets(client, false, prefix);
    }

    /** The bucket of a key. With another configuration it is another bucket. Does not ask Redis yet. */
    @Override
    public Bucket apply(String key, BucketConfiguration configuration) {
        StringBuilder name = new StringBuilder(prefix);
        for (Bandwidth limit : configuration.getBandwidths()) {
            name.append(limit.getCapacity())
                    .append('/')
                    .append(Duration.ofNanos(limit.getRefillPeriodNanos()).toMillis())
                    .append(':');
        }
        return buckets.builder().build(name.append(key).toString(), () -> configuration);
    }

    /** Closes the client, if it was made here. */
    @Override
    public void close() {
        if (own) {
            redis.close();
        }
    }
}
