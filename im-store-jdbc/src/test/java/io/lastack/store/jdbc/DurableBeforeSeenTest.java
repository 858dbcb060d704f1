package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.cursor.ReadAdvance;
import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message is committed, then made durable, then confirmed; and nobody gets it before it is durable. */
class DurableBeforeSeenTest {
    private static final long BOUND_SECONDS = 60;

    @TempDir
    Path directory;

    private final AtomicInteger checkpoints = new AtomicInteger();
    private final AtomicReference<TappedDataSource.Tap> atCheckpoint = new AtomicReference<>(sql -> {});
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private JdbcStore store;

    @BeforeEach
    void open() {
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:retry:" + directory.resolve("im"));
        file.setUser("sa");
        store = JdbcStore.of(TappedDataSource.of(file, sql -> {
            if (sql.equals("CHECKPOINT SYNC")) {
                checkpoints.incrementAndGet();
                atCheckpoint.get().before(sql);
            }
        }));
    }

    @AfterEach
    void close() {
        threads.shutdown();
        store.close();
    }

    @Test
    void everyAppendAndEveryAdvanceMakesItselfDurable() {
        int before = checkpoints.get();
        Chat.send(store, DIRECT);
        assertThat(checkpoints).hasValue(before + 1);

        store.cursors().advanceReads(List.of(new ReadAdvance(DIRECT, ALICE, 1, 1)));
        assertThat(checkpoints).hasValue(before + 2);
    }

    @Test
    void aReaderWaitsForAMessageToBecomeDurable() throws Exception {
        CountDownLatch committed = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        atCheckpoint.set(sql -> {
            committed.countDown();
            await(release);
        });
        CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> Chat.send(store, DIRECT), threads);
        await(committed);
        CompletableFuture<List<Message>> reader =
                CompletableFuture.supplyAsync(() -> Chat.read(store, DIRECT), threads);
        CompletableFuture<List<Message>> other =
                CompletableFuture.supplyAsync(() -> Chat.read(store, ConversationId.inbox(ALICE)), threads);

        assertThat(other.get(BOUND_SECONDS, TimeUnit.SECONDS)).isEmpty();
        assertThat(reader).isNotDone();
        assertThat(writer).isNotDone();
        release.countDown();
        assertThat(writer.get(BOUND_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(reader.get(BOUND_SECONDS, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void anAppendWhoseCheckpointFailsIsOfUnknownEffectAndMayBeRepeated() {
        atCheckpoint.set(sql -> {
            throw new SQLException("no room on the disk", "90031", 90031);
        });
        var draft = Chat.draft(DIRECT);

        assertThatThrownBy(() -> store.log().append(List.of(draft), 1))
                .isInstanceOfSatisfying(StoreException.class, e -> {
                    assertThat(e.effect()).isEqualTo(Effect.UNKNOWN);
                    assertThat(e.retryable()).isTrue();
                    assertThat(e).hasMessageContaining("no room on the disk");
                });
        // It may be there: who reads it sees that it is durable first, and fails while it cannot be.
        assertThatThrownBy(() -> Chat.read(store, DIRECT)).isInstanceOf(StoreException.class);
        atCheckpoint.set(sql -> {});
        assertThat(store.log().append(List.of(draft), 2)).containsExactly(new AlreadyAppended(1, 1));
        assertThat(Chat.read(store, DIRECT)).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
