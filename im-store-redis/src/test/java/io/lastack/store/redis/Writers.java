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
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.LogQuery;
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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Threads that append lists, repeat what has no answer, and write down what was confirmed. */
final class Writers implements AutoCloseable {
    private static final int COUNT = 3;
    private static final long WAIT_SECONDS = 120;
    private static final int PAGE_BYTES = 100_000;

    private final RedisStore store;
    private final Map<String, Long> confirmed = new ConcurrentHashMap<>();
    private final Semaphore confirmations = new Semaphore(0);
    private final AtomicBoolean stop = new AtomicBoolean();
    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    private final List<Future<?>> writers = new ArrayList<>();

    Writers(RedisStore store, long seed) {
        this.store = store;
        for (int writer = 0; writer < COUNT; writer++) {
            Random random = new Random(seed + writer);
            writers.add(threads.submit(() -> write(random)));
        }
    }

    /** Returns when so many more are confirmed. */
    void awaitMore(int count) throws InterruptedException {
        confirmations.drainPermits();
        assertThat(confirmations.tryAcquire(count, WAIT_SECONDS, TimeUnit.SECONDS))
                .as("the writers go on")
                .isTrue();
    }

    private void write(Random random) {
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
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
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

    /**
     * Stops them, and looks for everything that was confirmed, in its place, once, and without a gap.
     *
     * @return how many were confirmed
     */
    int check() throws Exception {
        stop.set(true);
        for (Future<?> writer : writers) {
            writer.get(WAIT_SECONDS, TimeUnit.SECONDS);
        }
        Map<String, Long> found = new ConcurrentHashMap<>();
        for (ConversationId conversation : conversations()) {
            long next = 1;
            for (List<Message> page = page(conversation, next); !page.isEmpty(); page = page(conversation, next)) {
                for (Message message : page) {
                    assertThat(message.seq())
                            .as("the next seq of %s", conversation)
                            .isEqualTo(next++);
                    assertThat(found.put(message.clientMessageId().value(), message.seq()))
                            .as("where else message %s of %s is", message.seq(), conversation)
                            .isNull();
                }
            }
        }
        assertThat(found).containsAllEntriesOf(confirmed);
        assertThat(confirmed).isNotEmpty();
        return confirmed.size();
    }

    private List<Message> page(ConversationId conversation, long first) {
        SeqRange rest = new SeqRange(first, Long.MAX_VALUE);
        return store.log()
                .read(List.of(new LogQuery(conversation, rest, PAGE_BYTES)))
                .get(0)
                .messages();
    }

    @Override
    public void close() {
        stop.set(true);
        threads.shutdownNow();
    }
}
