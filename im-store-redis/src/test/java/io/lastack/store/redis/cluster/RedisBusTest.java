package io.lastack.store.redis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.spi.Bus;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.testkit.cluster.BusContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

class RedisBusTest extends BusContract {
    private static RedisProcess server;

    private RedisBus bus;

    @BeforeAll
    static void start() throws IOException {
        server = RedisProcess.start(RedisVersion.REDIS_6);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected Bus bus() {
        if (bus == null) {
            bus = RedisBus.of(server.url());
        }
        return bus;
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void aServerThatDiesAndComesBackIsFoundAgainAndTheNodeIsTold() throws Exception {
        Heard heard = new Heard();
        Bus.Link one = join("one", new Heard());
        Bus.Link two = join("two", heard);
        two.subscribe("channel");
        awaitPassage(one, "channel", heard);

        server.kill();
        await("the loss is told", () -> heard.disconnects.get() == 1 && !two.isConnected() && !one.isConnected());
        long before = one.dropped();
        one.publish("channel", bytes("into the void"));
        await("it is dropped, at the latest when sending fails", () -> one.dropped() > before);
        two.subscribe("asked for meanwhile");

        server.restart();
        await("it is found again", () -> heard.connects.get() == 2 && two.isConnected() && one.isConnected());
        awaitPassage(one, "channel", heard);
        awaitPassage(one, "asked for meanwhile", heard);
    }

    @Test
    void connectionsThatTheServerCutsAreMadeAgain() throws Exception {
        Heard heard = new Heard();
        Bus.Link one = join("one", new Heard());
        Bus.Link two = join("two", heard);
        two.subscribe("channel");
        awaitPassage(one, "channel", heard);
        try (Jedis jedis = new Jedis("127.0.0.1", server.port())) {
            jedis.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
            jedis.clientKill(
                    ClientKillParams.clientKillParams().type(ClientType.NORMAL).skipMe(ClientKillParams.SkipMe.YES));
        }
        await("they are made again", () -> heard.connects.get() == 2 && two.isConnected());
        awaitPassage(one, "channel", heard);
    }

    @Test
    void nothingDependsOnWhatIsStored() throws Exception {
        Heard heard = new Heard();
        Bus.Link one = join("one", new Heard());
        join("two", heard).subscribe("channel");
        awaitPassage(one, "channel", heard);
        try (Jedis jedis = new Jedis("127.0.0.1", server.port())) {
            jedis.flushAll();
        }
        one.publish("channel", bytes("after"));
        await("it comes all the same", () -> heard.signals.contains("channel=after"));
        assertThat(heard.disconnects.get()).isZero();
    }

    @Test
    void joiningWhileTheServerIsAwayGoesOnTrying() throws Exception {
        server.kill();
        Heard heard = new Heard();
        Bus.Link one = bus().join("one", heard);
        one.subscribe("channel");
        one.publish("channel", bytes("x"));
        assertThat(one.isConnected()).isFalse();
        server.restart();
        await("it connects", () -> heard.connects.get() == 1 && one.isConnected());
        one.close();
    }
}
