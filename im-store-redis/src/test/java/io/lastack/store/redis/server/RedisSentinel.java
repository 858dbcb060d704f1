package io.lastack.store.redis.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** A primary, a replica, and a Sentinel that lets the one take the place of the other. */
public final class RedisSentinel implements AutoCloseable {
    private static final String NAME = "primary";
    private static final long WAIT_SECONDS = 90;

    private final List<RedisProcess> servers;
    private final RedisProcess sentinel;

    private RedisSentinel(List<RedisProcess> servers, RedisProcess sentinel) {
        this.servers = servers;
        this.sentinel = sentinel;
    }

    /** Returns when the replica is level with the primary, and the Sentinel knows of both. */
    public static RedisSentinel start(RedisVersion version, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of("--repl-diskless-sync-delay", "0"));
        all.addAll(List.of(settings));
        RedisProcess primary = RedisProcess.start(version, all.toArray(String[]::new));
        all.addAll(List.of("--replicaof", "127.0.0.1 " + primary.port()));
        RedisProcess replica = RedisProcess.start(version, all.toArray(String[]::new));
        RedisProcess process = RedisProcess.startSentinel(
                version,
                List.of(
                        "sentinel monitor " + NAME + " 127.0.0.1 " + primary.port() + " 1",
                        "sentinel down-after-milliseconds " + NAME + " 1000",
                        "sentinel failover-timeout " + NAME + " 5000"));
        RedisSentinel group = new RedisSentinel(List.of(primary, replica), process);
        group.awaitReplica();
        return group;
    }

    /** As a store takes it. */
    public String url() {
        return "redis-sentinel://127.0.0.1:" + sentinel.port() + "#" + NAME;
    }

    /** The server that the Sentinel says is the primary. */
    public RedisProcess primary() {
        try (Jedis jedis = new Jedis("127.0.0.1", sentinel.port())) {
            int port = HostAndPort.from(String.join(":", jedis.sentinelGetMasterAddrByName(NAME)))
                    .getPort();
            return servers.stream()
                    .filter(server -> server.port() == port)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Returns when another server than this one is the primary. */
    public void awaitFailOverFrom(RedisProcess old) {
        await("the Sentinel names another primary", () -> primary() != old);
    }

    /** Returns when the primary has a replica, of which the Sentinel knows. */
    public void awaitReplica() {
        await("the primary has a replica", () -> {
            try (Jedis watch = new Jedis("127.0.0.1", sentinel.port());
                    Jedis jedis = new Jedis("127.0.0.1", primary().port())) {
                return jedis.info("replication").contains("state=online")
                        && watch.sentinelReplicas(NAME).stream()
                                .anyMatch(replica -> "slave".equals(replica.get("role-reported"))
                                        && "ok".equals(replica.get("master-link-status")));
            }
        });
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not in " + WAIT_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Override
    public void close() {
        sentinel.close();
        servers.forEach(RedisProcess::close);
    }
}
