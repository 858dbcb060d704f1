package io.lastack.examples.server;

import io.lastack.ImEngineBuilder;
import io.lastack.store.redis.cluster.RedisBus;
import io.lastack.store.redis.cluster.RedisPresenceDirectory;
import org.jspecify.annotations.Nullable;

/** What joins this server to the others: nothing at all if it is alone. */
final class JoinedNode implements AutoCloseable {
    private final @Nullable RedisBus bus;
    private final @Nullable RedisPresenceDirectory directory;

    private JoinedNode(@Nullable RedisBus bus, @Nullable RedisPresenceDirectory directory) {
        this.bus = bus;
        this.directory = directory;
    }

    static JoinedNode of(NodeOptions options) {
        String redis = options.redis();
        return redis == null
                ? new JoinedNode(null, null)
                : new JoinedNode(RedisBus.of(redis), RedisPresenceDirectory.of(redis));
    }

    ImEngineBuilder join(ImEngineBuilder engine, NodeOptions options) {
        if (bus != null && directory != null) {
            engine.bus(bus).presenceDirectory(directory);
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
    }
}
