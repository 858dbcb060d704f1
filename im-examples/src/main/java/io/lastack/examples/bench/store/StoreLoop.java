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
final class StoreLoop implements AppendBenchmark.Batches, AutoCloseable {
    static final int CONVERSATIONS = 1_000;
    static final int BODY_BYTES = 200;

    private final ImStore store;
    private final int size;
    private final Random random = new Random(1);

    StoreLoop(ImStore store, int size) {
        this.store = store;
        this.size = size;
    }

    @Override
    public int append() {
        List<Draft> drafts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            drafts.add(draft());
        }
        for (AppendOutcome outcome : store.log().append(drafts, System.currentTimeMillis())) {
            if (!(outcome instanceof AppendOutcome.Appended)) {
                throw new IllegalStateException("not appended: " + outcome);
            }
        }
        return size;
    }

    private Draft draft() {
        int pair = random.nextInt(CONVERSATIONS);
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

    @Override
    public void close() {
        store.close();
    }
}
