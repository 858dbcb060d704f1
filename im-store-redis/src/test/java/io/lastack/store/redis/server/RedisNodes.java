package io.lastack.store.redis.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** A Redis cluster of primaries, each with a share of the slots. */
public final class RedisNodes implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final long WAIT_SECONDS = 60;

    private final List<RedisProcess> nodes = new ArrayList<>();

    private RedisNodes() {}

    public static RedisNodes start(RedisVersion version, int primaries, String... settings) throws IOException {
        RedisNodes cluster = new RedisNodes();
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
        all.addAll(List.of(settings));
        for (int i = 0; i < primaries; i++) {
            cluster.nodes.add(RedisProcess.start(version, all.toArray(String[]::new)));
        }
        cluster.join();
        return cluster;
    }

    private void join() {
        int share = (SLOTS + nodes.size() - 1) / nodes.size();
        for (int i = 0; i < nodes.size(); i++) {
            try (Jedis jedis = new Jedis("127.0.0.1", nodes.get(i).port())) {
                int first = i * share;
                jedis.clusterAddSlots(
                        IntStream.range(first, Math.min(first + share, SLOTS)).toArray());
                jedis.clusterMeet("127.0.0.1", nodes.get(0).port());
            }
        }
        awaitWhole();
    }

    /** Returns when every node says that every slot is served, by as many nodes as there are. */
    public void awaitWhole() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!nodes.stream().allMatch(this::seesAll)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the cluster is not whole after " + WAIT_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean seesAll(RedisProcess node) {
        try (Jedis jedis = new Jedis("127.0.0.1", node.port())) {
            String info = jedis.clusterInfo();
            return info.contains("cluster_state:ok") && info.contains("cluster_size:" + nodes.size());
        }
    }

    public List<RedisProcess> nodes() {
        return nodes;
    }

    public Set<HostAndPort> addresses() {
        return nodes.stream()
                .map(node -> new HostAndPort("127.0.0.1", node.port()))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
