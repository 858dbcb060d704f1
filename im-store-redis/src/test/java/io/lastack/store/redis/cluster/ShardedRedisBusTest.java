package io.lastack.store.redis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.spi.Bus;
import io.lastack.store.redis.server.RedisNodes;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.testkit.cluster.BusContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A bus over a cluster: by channels of shards, whose slots move and whose primaries die; and by plain ones. */
class ShardedRedisBusTest {
    private static final String PREFIX = "lastack:";
    private static final ThreadFactory THREADS = Executors.defaultThreadFactory();

    private static RedisNodes cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = RedisNodes.start(RedisVersion.REDIS_7, 3);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static List<String> urls() {
        return cluster.nodes().stream().map(RedisProcess::url).toList();
    }

    private static int slot(String channel) {
        return JedisClusterCRC16.getSlot(PREFIX + channel);
    }

    private static <T> T on(HostAndPort server, Function<Jedis, T> question) {
        try (Jedis jedis = new Jedis(server)) {
            return question.apply(jedis);
        }
    }

    private static HostAndPort address(RedisProcess process) {
        return new HostAndPort("127.0.0.1", process.port());
    }

    private static String id(HostAndPort server) {
        return on(server, Jedis::clusterMyId);
    }

    private static long calls(HostAndPort server, String command) {
        return on(server, jedis -> jedis.info("commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .map(line -> line.substring(line.indexOf("calls=") + "calls=".length()))
                .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf(','))))
                .sum();
    }

    private static long listeners(HostAndPort server, String channel) {
        return on(server, jedis -> jedis.pubsubShardNumSub(PREFIX + channel)).get(PREFIX + channel);
    }

    /** A channel of a slot that this server has. */
    private static String channelOf(HostAndPort server) {
        try (Jedis jedis = new Jedis(server)) {
            Shards shards = Shards.of(jedis, server);
            for (int i = 0; ; i++) {
                if (server.equals(shards.of(slot("channel-" + i)))) {
                    return "channel-" + i;
                }
            }
        }
    }

    @Nested
    class ByShards extends BusContract {
        private final RedisBus bus = RedisBus.of(urls(), PREFIX, THREADS);

        @Override
        protected Bus bus() {
            return bus;
        }

        @AfterEach
        void close() {
            bus.close();
        }

        @Test
        void aSignalCostsOnePrimarySomethingAndNoOther() throws Exception {
            List<HostAndPort> servers =
                    cluster.nodes().stream().map(ShardedRedisBusTest::address).toList();
            Heard heard = new Heard();
            Bus.Link one = join("one", new Heard());
            Bus.Link two = join("two", heard);
            List<String> channels = new ArrayList<>();
            for (HostAndPort server : servers) {
                String channel = channelOf(server);
                channels.add(channel);
                two.subscribe(channel);
                awaitPassage(one, channel, heard);
            }
            List<Long> before =
                    servers.stream().map(server -> calls(server, "spublish")).toList();
            List<Long> plain =
                    servers.stream().map(server -> calls(server, "publish")).toList();
            for (int i = 0; i < 100; i++) {
                one.publish(channels.get(0), bytes("x" + i));
            }
            await("all came", () -> heard.signals.contains(channels.get(0) + "=x99"));
            assertThat(calls(servers.get(0), "spublish") - before.get(0)).isGreaterThanOrEqualTo(100);
            for (int i = 1; i < servers.size(); i++) {
                assertThat(calls(servers.get(i), "spublish") - before.get(i))
                        .as("but for signs of life")
                        .isLessThan(50);
                assertThat(calls(servers.get(i), "publish")).isEqualTo(plain.get(i));
            }
        }

        @Test
        void aSlotThatMovesIsFollowedAndTheNodeIsTold() throws Exception {
            HostAndPort from = address(cluster.nodes().get(0));
            HostAndPort to = address(cluster.nodes().get(1));
            String channel = channelOf(from);
            Heard heard = new Heard();
            Bus.Link one = join("one", new Heard());
            Bus.Link two = join("two", heard);
            two.subscribe(channel);
            awaitPassage(one, channel, heard);

            String owner = id(to);
            for (HostAndPort server : List.of(to, from, address(cluster.nodes().get(2)))) {
                on(server, jedis -> jedis.clusterSetSlotNode(slot(channel), owner));
            }
            await("the node is told that it may have missed something", () -> heard.connects.get() >= 2);
            awaitPassage(one, channel, heard);
            await("both are whole again", () -> one.isConnected() && two.isConnected());
            assertThat(listeners(to, channel)).isEqualTo(1);
            assertThat(heard.disconnects.get()).isPositive();
        }

        @Test
        void whenAPrimaryDiesItsReplicaTakesItsChannels() throws Exception {
            try (RedisNodes mortal = RedisNodes.start(RedisVersion.REDIS_7, 3);
                    RedisProcess replica = RedisProcess.start(
                            RedisVersion.REDIS_7, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
                    RedisBus over = RedisBus.of(
                            mortal.nodes().stream().map(RedisProcess::url).toList(), PREFIX, THREADS)) {
                RedisProcess primary = mortal.nodes().get(0);
                HostAndPort address = address(replica);
                String owner = id(address(primary));
                on(address, jedis -> jedis.clusterMeet("127.0.0.1", primary.port()));
                await(
                        "the replica knows its primary",
                        () -> on(address, Jedis::clusterNodes).contains(owner));
                on(address, jedis -> jedis.clusterReplicate(owner));
                await(
                        "it is up to date",
                        () -> on(address, jedis -> jedis.info("replication")).contains("master_link_status:up"));
                String channel = channelOf(address(primary));
                Heard heard = new Heard();
                Bus.Link one = over.join("one", new Heard());
                Bus.Link two = over.join("two", heard);
                await("they have all their connections", () -> one.isConnected() && heard.connects.get() == 1);
                two.subscribe(channel);
                awaitPassage(one, channel, heard);

                primary.kill();
                await("the loss is told", () -> heard.disconnects.get() >= 1);
                await("the replica is found", () -> heard.connects.get() >= 2 && one.isConnected());
                awaitPassage(one, channel, heard);
                assertThat(listeners(address, channel)).isEqualTo(1);
            }
        }
    }

    @Nested
    class ByPlainChannels extends BusContract {
        private final RedisBus bus = RedisBus.plain(urls(), PREFIX, THREADS);

        @Override
        protected Bus bus() {
            return bus;
        }

        @AfterEach
        void close() {
            bus.close();
        }
    }
}
