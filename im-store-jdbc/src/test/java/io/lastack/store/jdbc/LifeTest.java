package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interrupts, a database that goes away, and closing. */
class LifeTest {
    private static final long BOUND_SECONDS = 60;

    @TempDir
    Path directory;

    @Test
    void anInterruptBeforeACallIsKeptForAfterIt() {
        try (JdbcStore store = JdbcStore.open(url())) {
            Thread.currentThread().interrupt();
            long seq = Chat.send(store, DIRECT);
            boolean interrupted = Thread.interrupted();

            assertThat(seq).isEqualTo(1);
            assertThat(interrupted).isTrue();
            assertThat(Chat.send(store, DIRECT)).isEqualTo(2);
        }
    }

    @Test
    void aDatabaseThatWasClosedUnderTheStoreIsOpenedAgain() throws Exception {
        try (JdbcStore store = JdbcStore.open(url())) {
            Chat.send(store, DIRECT);
            try (Connection connection =
                            DriverManager.getConnection(H2Url.of(url()).withDefaults(), "sa", "");
                    Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN IMMEDIATELY");
            }

            Draft draft = Chat.draft(DIRECT);
            List<AppendOutcome> outcomes = appendUntilItWorks(store, draft);

            assertThat(outcomes).containsExactly(new AppendOutcome.Appended(2, 1));
            assertThat(Chat.read(store, DIRECT)).hasSize(2);
        }
    }

    /** As an engine does: what may be retried is, and each connection of the pool may fail once. */
    private static List<AppendOutcome> appendUntilItWorks(JdbcStore store, Draft draft) {
        StoreException last = null;
        for (int i = 0; i < 100; i++) {
            try {
                return store.log().append(List.of(draft), 1);
            } catch (StoreException e) {
                assertThat(e.retryable()).isTrue();
                last = e;
            }
        }
        throw new AssertionError("still failing", last);
    }

    @Test
    void aClosedStoreRefusesCallsAndClosesAgainInPeace() {
        JdbcStore store = JdbcStore.open("jdbc:h2:mem:closed");
        store.close();
        store.close();

        assertThatThrownBy(() -> Chat.send(store, DIRECT))
                .isInstanceOfSatisfying(StoreException.class, e -> {
                    assertThat(e.retryable()).isFalse();
                    assertThat(e.effect()).isEqualTo(Effect.NOT_APPLIED);
                })
                .hasMessage("the store is closed");
        assertThatThrownBy(() -> Chat.read(store, DIRECT)).isInstanceOf(StoreException.class);
    }

    @Test
    void theHostsDataSourceStaysOpen() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:hosts", "sa", "");
        try (Connection before = pool.getConnection()) {
            JdbcStore.of(pool).close();

            assertThat(before.isValid(0)).isTrue();
            assertThat(pool.getActiveConnections()).isEqualTo(1);
            assertThatCode(() -> pool.getConnection().close()).doesNotThrowAnyException();
        } finally {
            pool.dispose();
        }
    }

    @Test
    void closingWaitsForTheCallsUnderWay() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:retry:" + directory.resolve("im"));
        file.setUser("sa");
        JdbcStore store = JdbcStore.of(TappedDataSource.of(file, sql -> {
            if (sql.startsWith("INSERT INTO lastack_message")) {
                inside.countDown();
                await(release);
            }
        }));
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<Long> call = threads.submit(() -> Chat.send(store, DIRECT));
            await(inside);
            Future<?> closing = CompletableFuture.runAsync(store::close, threads);
            assertThat(closing).isNotDone();
            release.countDown();

            assertThat(call.get(BOUND_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
            closing.get(BOUND_SECONDS, TimeUnit.SECONDS);
        } finally {
            threads.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("im");
    }
}
