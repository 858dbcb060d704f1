package io.lastack.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.LogQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What this store promises beyond the contract of every store, which the test kit holds it to. */
final class MemoryStoreTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final ConversationId FIRST = ConversationId.direct(ALICE, UserId.of("bob"));
    private static final ConversationId SECOND = ConversationId.inbox(ALICE);

    private final Executor threads = task -> new Thread(task).start();

    @Test
    void theEpochIsTheOneGiven() {
        assertThat(MemoryStore.create("5c1d").log().epoch()).isEqualTo("5c1d");
        assertThat(MemoryStore.create().log().epoch()).isEqualTo("memory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryStore.create(" "))
                .withMessage("the epoch is blank; a text that is not blank is allowed");
        assertThatNullPointerException().isThrownBy(() -> MemoryStore.create(null));
    }

    @Test
    void storesAreApart() {
        MemoryStore one = MemoryStore.create();
        one.log().append(List.of(draft(FIRST, 1)), 1);

        assertThat(one.log().heads(List.of(FIRST))).isEqualTo(Map.of(FIRST, 1L));
        assertThat(MemoryStore.create().log().heads(List.of(FIRST))).isEmpty();
    }

    @Test
    void aClosedStoreKeepsItsDataAndWorksOn() {
        MemoryStore store = MemoryStore.create();
        store.log().append(List.of(draft(FIRST, 1)), 1);
        store.close();
        store.log().append(List.of(draft(FIRST, 2)), 2);

        assertThat(store.log().heads(List.of(FIRST))).isEqualTo(Map.of(FIRST, 2L));
    }

    @Test
    void aListOverSeveralConversationsIsSeenAsAWholeOrNotAtAll() throws Exception {
        MemoryStore store = MemoryStore.create();
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<List<Map<ConversationId, Long>>> seen = CompletableFuture.supplyAsync(
                () -> {
                    List<Map<ConversationId, Long>> heads = new ArrayList<>();
                    do {
                        heads.add(store.log().heads(List.of(FIRST, SECOND)));
                        reading.countDown();
                    } while (heads.get(heads.size() - 1).getOrDefault(SECOND, 0L) < 2_000);
                    return heads;
                },
                threads);
        assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 2_000; i++) {
            store.log().append(List.of(draft(FIRST, i), draft(SECOND, i)), i);
        }

        assertThat(seen.get(30, TimeUnit.SECONDS))
                .allSatisfy(heads -> assertThat(heads.get(FIRST)).isEqualTo(heads.get(SECOND)));
    }

    @Test
    void aPageThatWasReadDoesNotChange() {
        MemoryStore store = MemoryStore.create();
        store.log().append(List.of(draft(FIRST, 1)), 1);
        var page = store.log()
                .read(List.of(new LogQuery(FIRST, new SeqRange(1, 9), 1_000)))
                .get(0);
        store.log().append(List.of(draft(FIRST, 2)), 2);

        assertThat(page.messages()).hasSize(1).isUnmodifiable();
    }

    private static Draft draft(ConversationId conversation, int number) {
        return Draft.text(ALICE, conversation, "text").withClientMessageId(ClientMessageId.of("id-" + number));
    }
}
