package io.lastack.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.error.StoreException;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kills the server at random moments while lists are appended; their writers repeat what has no answer. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KillTest {
    private static final int WRITERS = 3;
    private static final long WAIT_SECONDS = 120;

    private final Map<String, Long> confirmed = new ConcurrentHashMap<>();
    private final Semaphore confirmations = new Semaphore(0);
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void whatWasConfirmedSurvivesKillsOfTheServer() throws Exception {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        System.out.println("kills of Redis: repeat with -Dlastack.seed=" + seed);
        int given = Integer.getInteger("lastack.kills", 0);
        int kills = given > 0 ? given : Boolean.getBoolean("lastack.heavy") ? 12 : 4;
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (RedisProcess process = RedisProcess.start(RedisVersion.REDIS_7, "--appendfsync", "always");
                RedisStore store = RedisStore.builder(process.url())
                        .requireAppendFsyncAlways()
                        .open()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random random = new Random(seed + writer);
                writers.add(threads.submit(() -> write(store, random)));
            }
            Random random = new Random(seed - 1);
            for (int kill = 0; kill < kills; kill++) {
                confirmations.drainPermits();
                assertThat(confirmations.tryAcquire(1 + random.nextInt(1_500), WAIT_SECONDS, TimeUnit.SECONDS))
                        .as("the writers go on")
                        .isTrue();
                process.kill();
                process.restart();
            }
            stop.set(true);
            for (Future<?> writer : writers) {
                writer.get(WAIT_SECONDS, TimeUnit.SECONDS);
            }
            check(store);
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
        System.out.println(kills + " kills of Redis, " + confirmed.size() + " confirmed messages, 0 lost, 0 gaps");
    }

    private void write(RedisStore store, Random random) {
        while (!stop.get()) {
            List<Draft> drafts = IntStream.range(0, 1 + random.nextInt(40))
                    .mapToObj(i -> draft(random))
                    .toList();
            List<AppendOutcome> outcomes = List.of();
            while (outcomes.isEmpty() && !stop.get()) {
                try {
                    outcomes = store.log().append(drafts, Chat.SENT_AT);
                } catch (StoreException e) {
                    assertThat(e.retryable()).as(e.getMessage()).isTrue();
                }
            }
            for (int i = 0; i < outcomes.size(); i++) {
                confirmed.put(drafts.get(i).requireClientMessageId().value(), seq(outcomes.get(i)));
            }
            confirmations.release(outcomes.size());
        }
    }

    private static Draft draft(Random random) {
        ConversationId conversation = conversations().get(random.nextInt(random.nextBoolean() ? 1 : 20));
        String id = new UUID(random.nextLong(), System.nanoTime()).toString();
        return Draft.text(Chat.ALICE, conversation, "text ".repeat(random.nextInt(40)))
                .withClientMessageId(ClientMessageId.of(id));
    }

    private static List<ConversationId> conversations() {
        return IntStream.range(0, 20)
                .mapToObj(i -> ConversationId.direct(Chat.ALICE, UserId.of("user-" + i)))
                .toList();
    }

    private static long seq(AppendOutcome outcome) {
        return outcome instanceof Appended appended ? appended.seq() : ((AlreadyAppended) outcome).seq();
    }

    private void check(RedisStore store) {
        Map<String, Long> found = new ConcurrentHashMap<>();
        for (ConversationId conversation : conversations()) {
            long next = 1;
            for (Message message : Chat.read(store, conversation)) {
                assertThat(message.seq()).as("the next seq of %s", conversation).isEqualTo(next++);
                assertThat(found.put(message.clientMessageId().value(), message.seq()))
                        .as("where else message %s of %s is", message.seq(), conversation)
                        .isNull();
            }
        }
        assertThat(found).containsAllEntriesOf(confirmed);
        assertThat(confirmed).isNotEmpty();
    }
}
