package io.lastack.examples.server;

import io.lastack.ImEngineBuilder;
import io.lastack.ImRuntime;
import io.lastack.spi.RateLimiter;
import io.lastack.store.redis.cluster.RedisBuckets;
import io.lastack.store.redis.cluster.RedisBus;
import io.lastack.store.redis.cluster.RedisPresenceDirectory;
import io.lastack.store.redis.cluster.RedisRevocations;
import io.lastack.transport.tyrus.limit.BucketRateLimiter;
import io.lastack.transport.tyrus.limit.RateLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What joins this server to the others: nothing at all if it is alone. */
final class JoinedNode implements AutoCloseable {
    private static final Duration LONGEST_TOKEN = Duration.ofDays(30);

    private final @Nullable RedisBus bus;
    private final @Nullable RedisPresenceDirectory directory;
    private final @Nullable RedisBuckets buckets;
    private @Nullable RedisRevocations revocations;

    private JoinedNode(
            @Nullable RedisBus bus, @Nullable RedisPresenceDirectory directory, @Nullable RedisBuckets buckets) {
        this.bus = bus;
        this.directory = directory;
        this.buckets = buckets;
    }

    static JoinedNode of(NodeOptions options) {
        String redis = options.redis();
        return redis == null
                ? new JoinedNode(null, null, null)
                : new JoinedNode(RedisBus.of(redis), RedisPresenceDirectory.of(redis), RedisBuckets.of(redis));
    }

    /** What all servers that are joined admit together; what this one does if it is alone. */
    RateLimiter limiter(@Nullable RateLimits limits, ImRuntime runtime) {
        if (limits == null) {
            return RateLimiter.NONE;
        }
        return buckets == null
                ? BucketRateLimiter.inMemory(limits, runtime)
                : BucketRateLimiter.shared(limits, runtime, buckets);
    }

    ImEngineBuilder join(ImEngineBuilder engine, NodeOptions options, ImRuntime runtime) {
        String redis = options.redis();
        if (bus != null && directory != null && redis != null) {
            RedisRevocations kept = RedisRevocations.of(redis, LONGEST_TOKEN, runtime);
            revocations = kept;
            engine.bus(bus).presenceDirectory(directory).revocations(kept);
        }
        String nodeId = options.nodeId();
        return nodeId == null ? engine : engine.nodeId(nodeId);
    }

    @Override
    public void close() {
        if (bus != null) {
            bus.close();
        }
        if (directory != null) {
            directory.close();
        }
        RedisRevocations kept = revocations;
        if (kept != null) {
            kept.close();
        }
        if (buckets != null) {
            buckets.close();
        }
    }
}
