package io.lastack.store.redis;

import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisSentinel;
import io.lastack.store.redis.server.RedisVersion;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kills the server at random moments while lists are appended; their writers repeat what has no answer. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KillTest {
    private final long seed = Long.getLong("lastack.seed", System.nanoTime());
    private final Random random = new Random(seed - 1);

    @Test
    void whatWasConfirmedSurvivesKillsOfTheServer() throws Exception {
        System.out.println("kills of Redis: repeat with -Dlastack.seed=" + seed);
        int kills = kills(4, 12);
        try (RedisProcess process = RedisProcess.start(RedisVersion.REDIS_7, "--appendfsync", "always");
                RedisStore store = RedisStore.builder(process.url())
                        .requireAppendFsyncAlways()
                        .open();
                Writers writers = new Writers(store, seed)) {
            for (int kill = 0; kill < kills; kill++) {
                writers.awaitMore(1 + random.nextInt(1_500));
                process.kill();
                process.restart();
            }
            System.out.println(kills + " kills of Redis, " + writers.check() + " confirmed messages, 0 lost, 0 gaps");
        }
    }

    @Test
    void whatTheReplicaHadToHaveSurvivesItsTakingThePlaceOfThePrimary() throws Exception {
        System.out.println("fail-overs of Redis: repeat with -Dlastack.seed=" + seed);
        int kills = kills(1, 3);
        try (RedisSentinel group = RedisSentinel.start(RedisVersion.REDIS_7);
                RedisStore store = RedisStore.builder(group.url())
                        .waitReplicas(1, Duration.ofSeconds(1))
                        .open();
                Writers writers = new Writers(store, seed)) {
            for (int kill = 0; kill < kills; kill++) {
                group.awaitReplica();
                writers.awaitMore(1 + random.nextInt(1_500));
                RedisProcess primary = group.primary();
                primary.kill();
                group.awaitFailOverFrom(primary);
                primary.restart();
            }
            // It came back as a primary. When the Sentinel has made it a replica, something is confirmed again.
            writers.awaitMore(100);
            System.out.println(
                    kills + " fail-overs of Redis, " + writers.check() + " confirmed messages, 0 lost, 0 gaps");
        }
    }

    private static int kills(int usual, int heavy) {
        int given = Integer.getInteger("lastack.kills", 0);
        return given > 0 ? given : Boolean.getBoolean("lastack.heavy") ? heavy : usual;
    }
}
