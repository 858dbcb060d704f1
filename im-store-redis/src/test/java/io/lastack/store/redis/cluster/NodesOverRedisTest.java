package io.lastack.store.redis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.error.StoreException;
import io.lastack.log.Content;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.MemoryTransport;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.ClusterOptions;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.UserContext;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Three engines over one store, joined by a real Redis that dies, forgets and comes back. */
class NodesOverRedisTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final UserId BOB = UserId.of("bob");

    private final ImRuntime runtime = ImRuntime.system();
    private final MemoryStore store = MemoryStore.create();
    private final List<AutoCloseable> open = new ArrayList<>();

    private ImEngine node(RedisProcess redis, String name) {
        RedisBus bus = RedisBus.of(redis.url());
        RedisPresenceDirectory directory = RedisPresenceDirectory.of(redis.url());
        ImEngine engine = ImEngine.builder(store)
                .runtime(runtime)
                .options(EngineOptions.defaults().withRepairInterval(Duration.ofSeconds(20)))
                .cluster(new ClusterOptions(Duration.ofMillis(200), Duration.ofSeconds(2), 4_096))
                .authenticator(c -> new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
                .bus(bus)
                .presenceDirectory(directory)
                .nodeId(name)
                .build();
        open.add(directory);
        open.add(bus);
        open.add(engine);
        return engine;
    }

    private ImClient client(ImEngine engine, String user, List<Long> seen) {
        ImClient client = ImClient.builder(runtime, MemoryTransport.to(engine, runtime))
                .device(DeviceId.of(user + "-1"))
                .tokens(TokenSource.of(user))
                .listener(new ClientListener() {
                    @Override
                    public void message(Message message) {
                        seen.add(message.seq());
                    }
                })
                .build();
        client.start();
        open.add(client);
        return client;
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void messagesPresenceAndRoomsGoOnThroughTheDeathAndReturnOfRedis() throws Exception {
        try (RedisProcess redis = RedisProcess.start(RedisVersion.REDIS_7)) {
            ImEngine one = node(redis, "n1");
            ImEngine two = node(redis, "n2");
            ImEngine three = node(redis, "n3");
            await(
                    "they know one another",
                    () -> open.stream()
                            .filter(ImEngine.class::isInstance)
                            .allMatch(e -> ((ImEngine) e).counters().peers() == 2));
            List<Long> seen = new CopyOnWriteArrayList<>();
            ImClient alice = client(one, "alice", new CopyOnWriteArrayList<>());
            client(two, "bob", seen);
            await("bob is seen from a third node", () -> three.presence().isOnline(BOB));

            long sent = send(alice, 50);
            await("all came", () -> seen.size() == sent);
            assertThat(two.counters().signalsReceived()).isPositive();

            redis.kill();
            await(
                    "the loss is noticed",
                    () -> !one.counters().busConnected() && !two.counters().busConnected());
            send(alice, 10);
            redis.forget();
            redis.restart();
            await("what was missed came, long before the repair interval", () -> seen.size() == sent + 10);
            await("the directory is filled again", () -> isOnline(three));
            await("they know one another again", () -> two.counters().peers() == 2);
            send(alice, 10);
            await("all came", () -> seen.size() == sent + 20);
            assertThat(seen)
                    .isEqualTo(LongStream.rangeClosed(1, sent + 20).boxed().toList());
        } finally {
            for (int i = open.size() - 1; i >= 0; i--) {
                open.get(i).close();
            }
            runtime.close();
        }
    }

    /** While Redis comes back, a question may fail. */
    private static boolean isOnline(ImEngine engine) {
        try {
            return engine.presence().isOnline(BOB);
        } catch (StoreException e) {
            return false;
        }
    }

    private static long send(ImClient client, int count) {
        for (int i = 0; i < count; i++) {
            client.send(BOB, Content.text("x")).toCompletableFuture().join();
        }
        return count;
    }
}
