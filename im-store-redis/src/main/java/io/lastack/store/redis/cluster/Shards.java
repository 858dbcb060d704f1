package io.lastack.store.redis.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.ClusterShardInfo;
import redis.clients.jedis.resps.ClusterShardNodeInfo;

/** Which primary of a Redis Cluster has which slots. */
final class Shards {
    static final int SLOTS = 16_384;

    private static final int FIRST_VERSION = 7;

    private static final Logger log = LoggerFactory.getLogger(Shards.class);

    private final @Nullable HostAndPort[] bySlot;

    private Shards(@Nullable HostAndPort[] bySlot) {
        this.bySlot = bySlot;
    }

    /** As one server tells. @return null if it is of no cluster, or of one that has no channels of shards */
    static @Nullable Shards of(Jedis server, HostAndPort asked) {
        if (!server.info("cluster").contains("cluster_enabled:1") || version(server) < FIRST_VERSION) {
            return null;
        }
        HostAndPort[] bySlot = new HostAndPort[SLOTS];
        for (ClusterShardInfo shard : server.clusterShards()) {
            ClusterShardNodeInfo primary = shard.getNodes().stream()
                    .filter(node -> "master".equals(node.getRole()))
                    .findFirst()
                    .orElse(null);
            if (primary != null) {
                HostAndPort address = address(primary, asked);
                shard.getSlots()
                        .forEach(range -> Arrays.fill(
                                bySlot, range.get(0).intValue(), range.get(1).intValue() + 1, address));
            }
        }
        return new Shards(bySlot);
    }

    /** A server that does not know its own name is where it was found. */
    private static HostAndPort address(ClusterShardNodeInfo node, HostAndPort asked) {
        String endpoint = node.getEndpoint();
        boolean known = endpoint != null && !endpoint.isEmpty() && !endpoint.equals("?");
        Long port = node.getPort() == null ? node.getTlsPort() : node.getPort();
        return new HostAndPort(known ? endpoint : asked.getHost(), port == null ? asked.getPort() : port.intValue());
    }

    Set<HostAndPort> primaries() {
        Set<HostAndPort> primaries = new LinkedHashSet<>();
        for (HostAndPort primary : bySlot) {
            if (primary != null) {
                primaries.add(primary);
            }
        }
        return primaries;
    }

    @Nullable
    HostAndPort of(int slot) {
        return bySlot[slot];
    }

    /** Whether every primary that answers knows channels of shards, and there is one. */
    boolean haveChannels(Servers servers) {
        List<Boolean> answers = new ArrayList<>();
        for (HostAndPort primary : primaries()) {
            try (Jedis jedis = servers.connect(primary, "lastack-bus")) {
                answers.add(version(jedis) >= FIRST_VERSION);
            } catch (JedisException e) {
                log.debug("a primary does not say its version: {}", e.toString());
            }
        }
        return !answers.isEmpty() && !answers.contains(false);
    }

    private static int version(Jedis jedis) {
        return jedis.info("server")
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring("redis_version:".length()))
                .mapToInt(text -> Integer.parseInt(text.substring(0, text.indexOf('.'))))
                .findFirst()
                .orElse(0);
    }
}
