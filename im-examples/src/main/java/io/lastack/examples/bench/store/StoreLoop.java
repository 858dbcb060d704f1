package io.lastack.examples.bench.store;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Appends lists of drafts to a store, one after the other. */
final class StoreLoop implements AppendBenchmark.Batches {
    static final int CONVERSATIONS = 1_000;
    static final int BODY_BYTES = 200;

    private final ImStore store;
    private final int size;
    private final int writer;
    private final int writers;
    private final Random random;

    /** @param writer from 0; each writes to conversations of its own, as the lanes of an engine do */
    StoreLoop(ImStore store, int size, int writer, int writers) {
        this.store = store;
        this.size = size;
        this.writer = writer;
        this.writers = writers;
        // Loops of other sizes on the same tables must not repeat its ids.
        this.random = new Random(1_000L * size + writer);
    }

    /** Begins every conversation: neither loop is to be charged with that. */
    static void prepare(ImStore store) {
        StoreLoop loop = new StoreLoop(store, 0, 0, 1);
        List<Draft> first = new ArrayList<>(CONVERSATIONS);
        for (int pair = 0; pair < CONVERSATIONS; pair++) {
            first.add(loop.draft(pair));
        }
        store.log().append(first, System.currentTimeMillis());
    }

    @Override
    public int append() {
        List<Draft> drafts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            drafts.add(draft(writer + writers * random.nextInt(CONVERSATIONS / writers)));
        }
        for (AppendOutcome outcome : store.log().append(drafts, System.currentTimeMillis())) {
            if (!(outcome instanceof AppendOutcome.Appended)) {
                throw new IllegalStateException("not appended: " + outcome);
            }
        }
        return size;
    }

    private Draft draft(int pair) {
        UserId first = UserId.of("user-" + 2 * pair);
        UserId second = UserId.of("user-" + (2 * pair + 1));
        byte[] body = new byte[BODY_BYTES];
        random.nextBytes(body);
        return Draft.of(
                        random.nextBoolean() ? first : second,
                        ConversationId.direct(first, second),
                        Content.message("custom", Payload.wrap(false, body)))
                .withClientMessageId(ClientMessageId.of(new UUID(random.nextLong(), random.nextLong()).toString()));
    }
}
