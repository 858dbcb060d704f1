package io.lastack.examples.nodes;

import static io.lastack.examples.nodes.Crowd.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.client.ConnectionState;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.MemoryTransport;
import io.lastack.session.FrameKind;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.UserContext;
import io.lastack.store.redis.cluster.RedisBuckets;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.transport.tyrus.limit.BucketRateLimiter;
import io.lastack.transport.tyrus.limit.RateLimits;
import io.lastack.transport.tyrus.limit.RateRule;
import io.lastack.transport.tyrus.limit.RateRule.By;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** One user's devices on two engines, whose limits one real Redis makes one. */
class SharedLimitsRedisTest {
    private static final int LIMIT = 50;
    private static final int SHARE = LIMIT / 10;
    private static final RateLimits LIMITS =
            RateLimits.of(new RateRule("questions", Set.of(FrameKind.QUERY), By.USER, LIMIT, Duration.ofHours(1)));

    private final ImRuntime runtime = ImRuntime.system();
    private final MemoryStore store = MemoryStore.create();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger charges = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private RedisProcess redis;
    private ImClient phone;
    private ImClient tablet;

    @BeforeEach
    void start() throws IOException {
        redis = RedisProcess.start(RedisVersion.REDIS_6);
        phone = client("phone");
        tablet = client("tablet");
        awaitThat("both are online", () -> isOnline(phone) && isOnline(tablet));
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        runtime.close();
        redis.close();
    }

    private static boolean isOnline(ImClient client) {
        return client.state() instanceof ConnectionState.Online;
    }

    /** On an engine of its own. */
    private ImClient client(String device) {
        RedisBuckets buckets = RedisBuckets.of(redis.url());
        ImEngine engine = ImEngine.builder(store)
                .runtime(runtime)
                .authenticator(c -> new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
                .rateLimiter(BucketRateLimiter.shared(
                        LIMITS, runtime, (key, configuration) -> counted(buckets, key, configuration)))
                .build();
        ImClient client = ImClient.builder(runtime, MemoryTransport.to(engine, runtime))
                .device(DeviceId.of(device))
                .tokens(TokenSource.of("alice"))
                .build();
        client.start();
        open.add(buckets);
        open.add(engine);
        open.add(client);
        return client;
    }

    /** So that a test knows when a charge has come back. */
    private Bucket counted(RedisBuckets buckets, String key, BucketConfiguration configuration) {
        Bucket bucket = buckets.apply(key, configuration);
        return (Bucket) Proxy.newProxyInstance(
                Bucket.class.getClassLoader(), new Class<?>[] {Bucket.class}, (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(bucket, arguments);
                        charges.incrementAndGet();
                        return result;
                    } catch (InvocationTargetException e) {
                        failures.incrementAndGet();
                        throw e.getCause();
                    }
                });
    }

    /** @return whether it was allowed */
    private static boolean ask(ImClient client) {
        return client.requests()
                .conversations(null, 1)
                .handle((result, failure) -> failure == null)
                .toCompletableFuture()
                .join();
    }

    /** Both devices in turn; a charge is waited for, so that what comes while it is under way does not blur the count. */
    private int allowed(int attempts) {
        int[] each = new int[2];
        for (int i = 0; i < attempts; i++) {
            if (ask(i % 2 == 0 ? phone : tablet)) {
                each[i % 2]++;
                int expected = each[0] / SHARE + each[1] / SHARE;
                awaitThat("what is due is charged", () -> charges.get() >= expected);
            }
        }
        return each[0] + each[1];
    }

    @Test
    void togetherTheyAdmitTheLimitAndNotTwiceWithFewCommandsOfRedis() {
        int allowed = allowed(4 * LIMIT);
        assertThat(allowed).isBetween(LIMIT, LIMIT + 2 * SHARE);
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            long changes = jedis.info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_eval"))
                    .map(line -> line.substring(line.indexOf("calls=") + "calls=".length()))
                    .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf(','))))
                    .sum();
            System.out.printf("shared limits: %d frames admitted, %d changes of a bucket in Redis%n", allowed, changes);
            assertThat(changes).as("one for each tenth of the limit").isBetween(1L, (long) allowed / SHARE);
        }
    }

    @Test
    void whileRedisIsAwayEachLimitsByItself() throws Exception {
        redis.kill();
        int allowed = 0;
        for (int i = 0; i < 4 * LIMIT; i++) {
            allowed += ask(i % 2 == 0 ? phone : tablet) ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(2 * LIMIT);
        awaitThat("it was tried", () -> failures.get() > 0);
        redis.restart();
        awaitThat("what was admitted meanwhile is charged", () -> charges.get() >= 2);
    }
}
