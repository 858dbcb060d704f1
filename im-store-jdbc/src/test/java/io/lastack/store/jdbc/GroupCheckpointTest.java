package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCheckpointTest {
    private static final long BOUND_SECONDS = 60;
    private static final int CALLERS = 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger runs = new AtomicInteger();

    private Connection kept;

    @AfterEach
    void stop() throws SQLException {
        threads.shutdown();
        kept.close();
    }

    @Test
    void aCallerAloneGetsACheckpointOfItsOwn() throws Exception {
        GroupCheckpoint checkpoint = checkpoint(sql -> runs.incrementAndGet());
        sync(checkpoint);
        sync(checkpoint);
        assertThat(runs).hasValue(2);
    }

    @Test
    void whoComesWhileOneRunsIsCoveredByALaterOneAndNeverByIt() throws Exception {
        AtomicLong started = new AtomicLong();
        AtomicLong ended = new AtomicLong();
        GroupCheckpoint checkpoint = checkpoint(sql -> {
            started.incrementAndGet();
            Thread.onSpinWait();
            ended.incrementAndGet();
        });
        List<Future<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(threads.submit(() -> {
                boolean covered = true;
                for (int n = 0; n < 200; n++) {
                    long before = started.get();
                    sync(checkpoint);
                    covered &= ended.get() > before;
                }
                return covered;
            }));
        }
        for (Future<Boolean> caller : callers) {
            assertThat(caller.get(BOUND_SECONDS, TimeUnit.SECONDS))
                    .as("a checkpoint that started after the call has ended")
                    .isTrue();
        }
    }

    @Test
    void noCheckpointRunsWhileATransactionHasItsTurn() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        GroupCheckpoint checkpoint = checkpoint(sql -> events.add(sql));
        CompletableFuture<Void> synced = new CompletableFuture<>();
        Thread other = new Thread(() -> {
            try {
                sync(checkpoint);
                synced.complete(null);
            } catch (SQLException e) {
                synced.completeExceptionally(e);
            }
        });
        try (WriteTurn turn = checkpoint.turn()) {
            other.start();
            while (other.isAlive() && other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            events.add("the transaction ends");
        }
        synced.get(BOUND_SECONDS, TimeUnit.SECONDS);
        assertThat(events).containsExactly("the transaction ends", "CHECKPOINT SYNC");
    }

    @Test
    void aCheckpointOfTheDatabaseAsItWasOpenedAgainCoversNothingFromBefore() throws Exception {
        AtomicReference<JdbcDataSource> open = new AtomicReference<>(memory());
        kept = open.get().getConnection();
        GroupCheckpoint checkpoint = new GroupCheckpoint(() -> open.get().getConnection());
        int before = checkpoint.opening(kept);
        sync(checkpoint);
        open.set(memory());
        try (Connection again = open.get().getConnection()) {
            assertThatThrownBy(() -> checkpoint.sync(before)).hasMessageContaining("opened again");
            assertThat(checkpoint.opening(again)).isGreaterThan(before);
            sync(checkpoint);
        }
    }

    @Test
    void manyWaitersShareOneCheckpoint() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        GroupCheckpoint checkpoint = checkpoint(sql -> {
            if (runs.incrementAndGet() == 1) {
                first.countDown();
                await(release);
            }
        });
        List<Future<?>> callers = new ArrayList<>();
        callers.add(submit(checkpoint));
        await(first);
        for (int i = 0; i < CALLERS; i++) {
            callers.add(submit(checkpoint));
        }
        while (checkpoint.waiting() < CALLERS) {
            Thread.onSpinWait();
        }
        release.countDown();
        for (Future<?> caller : callers) {
            caller.get(BOUND_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(runs).hasValue(2);
    }

    @Test
    void whereOneFailsItsCallerFailsAndTheOthersTryThemselves() throws Exception {
        GroupCheckpoint checkpoint = checkpoint(sql -> {
            if (runs.incrementAndGet() <= 3) {
                throw new SQLException("no room on the disk");
            }
        });
        int failures = 0;
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(submit(checkpoint));
        }
        for (Future<?> caller : callers) {
            try {
                caller.get(BOUND_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e).hasRootCauseMessage("no room on the disk");
                failures++;
            }
        }
        assertThat(failures).isEqualTo(3);
        assertThat(runs.get()).isGreaterThan(3);
    }

    private Future<?> submit(GroupCheckpoint checkpoint) {
        return threads.submit(() -> {
            sync(checkpoint);
            return true;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void sync(GroupCheckpoint checkpoint) throws SQLException {
        checkpoint.sync(checkpoint.opening());
    }

    private GroupCheckpoint checkpoint(TappedDataSource.Tap tap) throws SQLException {
        JdbcDataSource memory = memory();
        kept = memory.getConnection();
        GroupCheckpoint checkpoint = new GroupCheckpoint(TappedDataSource.of(memory, tap)::getConnection);
        checkpoint.opening(kept);
        return checkpoint;
    }

    private static JdbcDataSource memory() {
        JdbcDataSource memory = new JdbcDataSource();
        memory.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        memory.setUser("sa");
        return memory;
    }
}
