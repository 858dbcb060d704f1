package io.lastack.store.redis;

import static io.lastack.store.redis.Chat.ALICE;
import static io.lastack.store.redis.Chat.BOB;
import static io.lastack.store.redis.Chat.DIRECT;
import static io.lastack.store.redis.Chat.SENT_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.store.redis.server.RedisNodes;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** What the store makes of servers that do not do what they should. */
class FaultTest {
    private static final long WAIT_SECONDS = 60;

    @Test
    void scriptsThatTheServerForgotAreSentAnew() throws Exception {
        try (RedisProcess process = RedisProcess.start(RedisVersion.REDIS_6);
                RedisStore store = RedisStore.open(process.url());
                Jedis jedis = new Jedis("127.0.0.1", process.port())) {
            for (int i = 1; i <= 3; i++) {
                jedis.scriptFlush();
                assertThat(store.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT))
                        .containsExactly(new Appended(i, SENT_AT));
                jedis.scriptFlush();
                assertThat(store.log().heads(List.of(DIRECT, ConversationId.inbox(BOB))))
                        .containsEntry(DIRECT, (long) i);
            }
        }
    }

    @Test
    void aServerThatIsReadOnlyOrHasNoMemoryLeftAppliesNothing() throws Exception {
        try (RedisProcess process = RedisProcess.start(RedisVersion.REDIS_7);
                RedisStore store = RedisStore.open(process.url());
                Jedis jedis = new Jedis("127.0.0.1", process.port())) {
            store.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT);
            jedis.configSet("maxmemory", "1");
            assertNotApplied(() -> store.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT), "OOM");
            assertNotApplied(
                    () -> store.log().append(List.of(Chat.draft(ALICE, ConversationId.inbox(BOB))), SENT_AT), "OOM");
            jedis.configSet("maxmemory", "0");
            jedis.replicaof("127.0.0.1", 1);
            assertNotApplied(() -> store.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT), "");
            jedis.replicaofNoOne();

            assertThat(store.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT))
                    .containsExactly(new Appended(2, SENT_AT));
            assertThat(store.memberships().find(ConversationId.inbox(BOB))).isEmpty();
        }
    }

    @Test
    void aMoveOfAMarkThatTheDriverSentTwiceIsStillTheCallersAndNobodyElses() throws Exception {
        try (RedisProcess process = RedisProcess.start(RedisVersion.REDIS_6);
                RedisStore store = RedisStore.open(process.url());
                Server server = server(process)) {
            store.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT);
            Call move = Script.ADVANCE.on(new Keys("lastack:").conversation(DIRECT), Arguments.of(0, 1, "me-1"));
            assertThat(server.call("move", move).number()).isOne();
            assertThat(server.call("move again", move).number()).isOne();
            assertThat(store.deliveryMarks().orElseThrow().advance(DIRECT, 0, 1))
                    .isFalse();
        }
    }

    private static Server server(RedisProcess process) {
        RedisClient client = RedisClient.create(process.url());
        return new Server(client, Replicas.NONE, client::close);
    }

    @Test
    void aServerThatDiedFailsRetryablyAndTheStoreGoesOnWhenItIsBack() throws Exception {
        try (RedisProcess process = RedisProcess.start(RedisVersion.REDIS_6);
                RedisStore store = RedisStore.open(process.url())) {
            Draft draft = Chat.draft(ALICE, DIRECT);
            store.log().append(List.of(Chat.draft(BOB, DIRECT)), SENT_AT);
            process.kill();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.log().append(List.of(draft), SENT_AT))
                    .satisfies(e -> assertThat(e.retryable()).isTrue());
            process.restart();

            until(() -> succeeds(() -> store.log().append(List.of(draft), SENT_AT)));
            assertThat(Chat.read(store, DIRECT)).hasSize(2);
        }
    }

    @Test
    void aWriteIsConfirmedWhenTheReplicaHasIt() throws Exception {
        try (RedisProcess primary = RedisProcess.start(RedisVersion.REDIS_7);
                RedisProcess replica =
                        RedisProcess.start(RedisVersion.REDIS_7, "--replicaof", "127.0.0.1 " + primary.port());
                RedisStore store =
                        RedisStore.builder(primary.url()).acceptLosingMessages().open();
                Jedis ofReplica = new Jedis("127.0.0.1", replica.port())) {
            until(() -> ofReplica.info("replication").contains("master_link_status:up"));
            try (RedisStore careful = RedisStore.builder(primary.url())
                    .waitReplicas(1, Duration.ofSeconds(1))
                    .open()) {
                careful.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT);
                assertThat(ofReplica.hget("lastack:{" + DIRECT + "}", "head")).isEqualTo("1");

                replica.kill();
                Draft draft = Chat.draft(ALICE, DIRECT);
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> careful.log().append(List.of(draft), SENT_AT))
                        .withMessageContaining("0 replicas have it")
                        .satisfies(e -> assertThat(e.retryable()).isTrue())
                        .satisfies(e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN));
                assertThat(store.log().append(List.of(draft), SENT_AT)).noneMatch(Appended.class::isInstance);
            }
        }
    }

    @Test
    void aListOfWhichANodeOfTheClusterTookNothingIsCompletedWhenItIsBack() throws Exception {
        try (RedisNodes nodes = RedisNodes.start(RedisVersion.REDIS_7, 3, "--cluster-require-full-coverage", "no");
                RedisStore store = RedisStore.cluster(nodes.addresses())) {
            List<Draft> drafts = IntStream.range(0, 30)
                    .mapToObj(i -> Chat.draft(ALICE, ConversationId.direct(ALICE, UserId.of("u" + i))))
                    .toList();
            store.log().append(drafts, SENT_AT);
            List<Draft> more = drafts.stream()
                    .map(d -> Chat.draft(ALICE, d.conversation()))
                    .toList();
            nodes.nodes().get(1).kill();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.log().append(more, SENT_AT))
                    .satisfies(e -> assertThat(e.retryable()).isTrue())
                    .satisfies(e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN));
            nodes.nodes().get(1).restart();
            nodes.awaitWhole();

            until(() -> succeeds(() -> store.log().append(more, SENT_AT)));
            for (Draft draft : drafts) {
                assertThat(Chat.read(store, draft.conversation())).hasSize(2);
            }
        }
    }

    private static void assertNotApplied(ThrowingCallable call, String words) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.retryable()).isTrue())
                .satisfies(e -> assertThat(e.effect()).isEqualTo(Effect.NOT_APPLIED));
    }

    private static boolean succeeds(Runnable call) {
        try {
            call.run();
            return true;
        } catch (StoreException e) {
            assertThat(e.retryable()).as(e.getMessage()).isTrue();
            return false;
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is over").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
