package io.lastack.store.redis.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** Which nodes live: a key for each, which expires. Thread-safe. */
final class Leases {
    private final UnifiedJedis redis;
    private final String prefix;

    Leases(UnifiedJedis redis, String prefix) {
        this.redis = redis;
        this.prefix = prefix;
    }

    private String lease(String node) {
        return prefix + "lease:" + node;
    }

    private String nodes() {
        return prefix + "nodes";
    }

    void begin(String node, Duration lease) {
        redis.sadd(nodes(), node);
        redis.set(lease(node), "1", SetParams.setParams().px(lease.toMillis()));
    }

    /** @return whether it was still there */
    boolean renew(String node, Duration lease) {
        if (redis.pexpire(lease(node), lease.toMillis()) == 1) {
            return true;
        }
        begin(node, lease);
        return false;
    }

    void end(String node) {
        redis.del(lease(node));
        redis.srem(nodes(), node);
    }

    /** All nodes that were begun and not ended, dead ones among them. */
    Set<String> known() {
        return new TreeSet<>(redis.smembers(nodes()));
    }

    Set<String> living(Collection<String> nodes) {
        Set<String> asked = Set.copyOf(nodes);
        if (asked.isEmpty()) {
            return Set.of();
        }
        Map<String, Response<Boolean>> answers = new LinkedHashMap<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            asked.forEach(node -> answers.put(node, pipeline.exists(lease(node))));
            pipeline.sync();
        }
        Map<String, Boolean> lives = new HashMap<>();
        answers.forEach((node, answer) -> lives.put(node, answer.get()));
        return lives.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    List<String> living() {
        return living(known()).stream().sorted().toList();
    }
}
