package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static io.lastack.store.jdbc.Chat.SENT_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.HostAppend;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host's commit in an H2 file is not on disk; it is before anybody sees what it holds. */
class HostCommitDurableTest {
    private static final ConversationId INBOX = ConversationId.inbox(ALICE);
    private static final int TRANSACTIONS = Boolean.getBoolean("lastack.heavy") ? 400 : 100;
    private static final long BOUND_SECONDS = 100;

    @TempDir
    Path directory;

    private final AtomicInteger checkpoints = new AtomicInteger();
    private DataSource host;
    private JdbcStore store;

    @BeforeEach
    void open() {
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:retry:" + directory.resolve("im") + ";LOCK_TIMEOUT=20000");
        file.setUser("sa");
        host = file;
        store = JdbcStore.of(TappedDataSource.of(file, sql -> {
            if (sql.equals("CHECKPOINT SYNC")) {
                checkpoints.incrementAndGet();
            }
        }));
        Chat.send(store, DIRECT);
        Chat.send(store, INBOX);
        checkpoints.set(0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private HostAppend append(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return store.appendIn(connection, List.of(Chat.draft(DIRECT)), SENT_AT);
    }

    @Test
    void tellingTheEngineMakesItDurable() throws SQLException {
        try (Connection connection = host.getConnection()) {
            HostAppend appended = append(connection);
            connection.commit();
            assertThat(checkpoints).hasValue(0);
            appended.confirm();
            assertThat(checkpoints).hasValue(1);
        }
        assertThat(Chat.read(store, DIRECT)).hasSize(2);
        assertThat(checkpoints).as("readers need not make sure again").hasValue(1);
    }

    @Test
    void whoReadsAMessageOfWhichNobodyWasToldMakesItDurableOnce() throws SQLException {
        try (Connection connection = host.getConnection()) {
            append(connection);
            connection.commit();
        }
        assertThat(Chat.read(store, INBOX)).hasSize(1);
        assertThat(checkpoints).as("of another conversation").hasValue(0);
        assertThat(Chat.read(store, DIRECT)).hasSize(2);
        assertThat(checkpoints).hasValue(1);
        assertThat(Chat.read(store, DIRECT)).hasSize(2);
        assertThat(checkpoints).hasValue(1);
    }

    @Test
    void whileTheTransactionRunsEveryReaderMakesSure() throws SQLException {
        try (Connection connection = host.getConnection()) {
            append(connection);
            assertThat(Chat.read(store, DIRECT)).hasSize(1);
            assertThat(Chat.read(store, DIRECT)).hasSize(1);
            assertThat(checkpoints).hasValue(2);
            connection.commit();
        }
        assertThat(Chat.read(store, DIRECT)).hasSize(2);
        assertThat(checkpoints).hasValue(3);
        assertThat(Chat.read(store, DIRECT)).hasSize(2);
        assertThat(checkpoints).hasValue(3);
    }

    @Test
    void readersWhoMakeSureDisturbNoTransaction() throws Exception {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            tasks.add(this::appendToBoth);
        }
        AtomicBoolean written = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> readers = List.of(
                    threads.submit(() -> readUntil(written, DIRECT)), threads.submit(() -> readUntil(written, INBOX)));
            int stored = 0;
            for (Future<Integer> writer : threads.invokeAll(tasks, BOUND_SECONDS, TimeUnit.SECONDS)) {
                stored += writer.get();
            }
            written.set(true);
            for (Future<?> reader : readers) {
                reader.get(BOUND_SECONDS, TimeUnit.SECONDS);
            }
            assertThat(Chat.read(store, DIRECT)).hasSize(1 + stored);
            assertThat(Chat.read(store, INBOX)).hasSize(1 + stored);
        } finally {
            written.set(true);
            threads.shutdown();
        }
    }

    private int appendToBoth() throws SQLException {
        for (int i = 0; i < TRANSACTIONS; i++) {
            try (Connection connection = host.getConnection()) {
                connection.setAutoCommit(false);
                store.appendIn(connection, List.of(Chat.draft(DIRECT), Chat.draft(INBOX)), SENT_AT);
                connection.commit();
            }
        }
        return TRANSACTIONS;
    }

    private void readUntil(AtomicBoolean written, ConversationId conversation) {
        while (!written.get()) {
            Chat.read(store, conversation);
        }
    }

    @Test
    void whatWouldWaitForTheEndOfItsOwnTurnIsRefused() throws SQLException {
        List<Runnable> calls = List.of(
                () -> Chat.send(store, DIRECT),
                () -> Chat.read(store, DIRECT),
                () -> store.cursors().register(ALICE, DeviceId.of("phone"), DeviceStart.HEAD),
                () -> store.memberships().conversations(ALICE));
        HostAppend appended;
        try (WriteTurn turn = store.turn();
                Connection connection = host.getConnection()) {
            appended = append(connection);
            for (Runnable call : calls) {
                assertThatThrownBy(call::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("close the turn first");
            }
            connection.commit();
            assertThatThrownBy(appended::confirm).isInstanceOf(IllegalStateException.class);
        }
        appended.confirm();
        calls.forEach(Runnable::run);
        assertThat(Chat.read(store, DIRECT)).hasSize(3);
    }

    @Test
    void aTransactionThatWasRolledBackIsForgotten() throws SQLException {
        try (Connection connection = host.getConnection()) {
            append(connection);
            connection.rollback();
        }
        assertThat(Chat.read(store, DIRECT)).hasSize(1);
        assertThat(Chat.read(store, DIRECT)).hasSize(1);
        assertThat(checkpoints).hasValue(1);
    }

    @Test
    void whoWouldBeginToWatchMakesSureFirst() throws SQLException {
        try (Connection connection = host.getConnection()) {
            append(connection);
            connection.commit();
        }
        assertThat(store.memberships().conversationCounts(List.of(BOB))).containsEntry(BOB, 1);
        assertThat(checkpoints).hasValue(1);
        assertThat(store.memberships().subscriptions(BOB, DeviceId.of("phone"), null, 10))
                .hasSize(1);
        assertThat(checkpoints).hasValue(1);
    }
}
