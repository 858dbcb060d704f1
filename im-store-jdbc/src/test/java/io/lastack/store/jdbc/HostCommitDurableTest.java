package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static io.lastack.store.jdbc.Chat.SENT_AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.spi.HostAppend;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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

    @TempDir
    Path directory;

    private final AtomicInteger checkpoints = new AtomicInteger();
    private DataSource host;
    private JdbcStore store;

    @BeforeEach
    void open() {
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:retry:" + directory.resolve("im"));
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
