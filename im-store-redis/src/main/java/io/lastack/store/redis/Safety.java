package io.lastack.store.redis;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.Pool;

/** What a server must be and be set to, so that it keeps what was confirmed. */
final class Safety {
    private static final Logger LOG = LoggerFactory.getLogger(Safety.class);

    private final boolean fsyncAlways;
    private final boolean acceptLoss;

    Safety(RedisStoreBuilder options) {
        this.fsyncAlways = options.requiresFsyncAlways();
        this.acceptLoss = options.acceptsLoss();
    }

    /** @throws StoreException if a server must not be used as it is */
    void check(UnifiedJedis client) {
        if (client instanceof RedisClusterClient cluster) {
            cluster.getClusterNodes().forEach((node, pool) -> checkNode(node, pool));
        } else {
            check(
                    "the server",
                    (command, arguments) ->
                            client.executeCommand(new CommandArguments(command).addObjects((Object[]) arguments)));
        }
    }

    private void checkNode(String node, Pool<Connection> pool) {
        try (Connection connection = pool.getResource()) {
            check(node, (command, arguments) -> {
                connection.sendCommand(command, arguments);
                return connection.getOne();
            });
        }
    }

    private void check(String node, Commands commands) {
        checkVersion(node, text(commands.send(Command.INFO, "server")));
        Map<String, String> settings;
        try {
            settings = settings(commands);
        } catch (JedisDataException e) {
            if (fsyncAlways) {
                throw refuse(
                        node + " does not tell its settings (CONFIG GET is not allowed), so that appendfsync always,"
                                + " which is required, cannot be checked");
            }
            LOG.warn(
                    "{} does not tell its settings (CONFIG GET is not allowed): whether it keeps an append-only file, and"
                            + " evicts no keys, was not checked",
                    node);
            return;
        }
        if (!settings.getOrDefault("appendonly", "").equals("yes")) {
            loses(
                    node,
                    "keeps no append-only file (appendonly no): what was confirmed since the last snapshot is lost at"
                            + " the end of its process. Set appendonly yes");
        }
        String policy = settings.getOrDefault("maxmemory-policy", "noeviction");
        boolean bounded = !settings.getOrDefault("maxmemory", "0").equals("0");
        if (bounded && policy.startsWith("allkeys")) {
            loses(
                    node,
                    "deletes keys when memory is short (maxmemory-policy " + policy
                            + "): whole conversations are lost. Set maxmemory-policy noeviction");
        }
        checkFsync(node, settings.getOrDefault("appendfsync", ""));
        if (settings.getOrDefault("aof-load-truncated", "").equals("yes")) {
            LOG.warn(
                    "{} starts with an append-only file that was cut short (aof-load-truncated yes): if its process was"
                            + " killed while it wrote, servers up to now leave half a transaction there, and a later start"
                            + " applies it over what was confirmed since. Set aof-load-truncated no, and run"
                            + " redis-check-aof --fix before a start that is refused",
                    node);
        }
    }

    private void checkFsync(String node, String fsync) {
        if (fsync.equals("always")) {
            return;
        }
        if (fsyncAlways) {
            throw refuse(node + " has appendfsync " + fsync + "; always is required");
        }
        LOG.info(
                "{} has appendfsync {}: what was confirmed survives the end of its process while the disk keeps up, and"
                        + " may be lost with the machine or its power",
                node,
                fsync);
    }

    private void loses(String node, String how) {
        if (!acceptLoss) {
            throw refuse(node + " " + how + ", or open the store with acceptLosingMessages()");
        }
        LOG.warn("{} {}", node, how);
    }

    private static void checkVersion(String node, String info) {
        String version = info.lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring("redis_version:".length()).strip())
                .findFirst()
                .orElse("0");
        String[] numbers = version.split("\\.", -1);
        int major = Integer.parseInt(numbers[0]);
        int minor = numbers.length > 1 ? Integer.parseInt(numbers[1]) : 0;
        if (major < 6 || (major == 6 && minor < 2)) {
            throw refuse(node + " is Redis " + version + "; 6.2 or later is needed");
        }
    }

    private static Map<String, String> settings(Commands commands) {
        Map<String, String> settings = new HashMap<>();
        for (String name :
                List.of("appendonly", "appendfsync", "maxmemory", "maxmemory-policy", "aof-load-truncated")) {
            settings.putAll(BuilderFactory.STRING_MAP.build(commands.send(Command.CONFIG, "GET", name)));
        }
        return settings;
    }

    private static String text(Object bytes) {
        return bytes instanceof byte[] array ? new String(array, StandardCharsets.UTF_8) : String.valueOf(bytes);
    }

    private static StoreException refuse(String words) {
        return new StoreException(words, null, false, Effect.NOT_APPLIED);
    }

    /** How to ask one server. */
    @FunctionalInterface
    private interface Commands {
        Object send(Command command, String... arguments);
    }
}
