package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static io.lastack.store.jdbc.Chat.SENT_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.spi.HostAppend;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Appends in the host's transactions, on any database: with what else the host writes there, or not at all. */
abstract class HostTransactionContract {
    private static final long BOUND_SECONDS = 100;

    private DataSource host;
    JdbcStore store;

    /** An empty database, in which a wait for a lock ends within seconds; the same one for all calls of a test. */
    abstract DataSource database();

    /** Another database, with LastAck's tables if {@code withTables}. */
    abstract DataSource otherDatabase(boolean withTables);

    @BeforeEach
    final void open() throws SQLException {
        host = database();
        store = JdbcStore.of(host);
        try (Connection connection = host.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY)");
        }
    }

    @AfterEach
    final void close() {
        store.close();
    }

    private Connection begin() throws SQLException {
        Connection connection = host.getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return connection;
    }

    private static void order(Connection connection, long id) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO orders (id) VALUES (?)")) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }

    private List<Long> orders() throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection connection = host.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM orders ORDER BY id")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    private HostAppend append(Connection connection, Draft... drafts) {
        return store.appendIn(connection, List.of(drafts), SENT_AT);
    }

    private List<Long> seqs(ConversationId conversation) {
        return Chat.read(store, conversation).stream().map(Message::seq).toList();
    }

    @Test
    void anOrderAndItsMessageAreCommittedTogether() throws SQLException {
        Draft draft = Chat.draft(DIRECT);
        try (Connection connection = begin()) {
            order(connection, 1);
            HostAppend appended = append(connection, draft);
            assertThat(appended.outcomes()).containsExactly(new Appended(1, SENT_AT));
            assertThat(appended.drafts()).containsExactly(draft);
            assertThat(seqs(DIRECT)).as("nobody sees it before").isEmpty();
            assertThat(store.memberships().conversationCounts(List.of(ALICE, BOB)))
                    .isEmpty();
            connection.commit();
        }
        assertThat(orders()).containsExactly(1L);
        assertThat(Chat.read(store, DIRECT)).containsExactly(draft.at(1, SENT_AT));
        assertThat(store.memberships().conversationCounts(List.of(ALICE, BOB))).isEqualTo(Map.of(ALICE, 1, BOB, 1));
    }

    @Test
    void aRollbackLeavesNothingAndNoGap() throws SQLException {
        Draft draft = Chat.draft(DIRECT);
        try (Connection connection = begin()) {
            order(connection, 1);
            append(connection, draft, Chat.draft(DIRECT));
            connection.rollback();
        }
        assertThat(orders()).isEmpty();
        assertThat(store.log().heads(List.of(DIRECT))).isEmpty();
        assertThat(store.memberships().find(DIRECT)).isEmpty();
        assertThat(store.memberships().conversations(ALICE)).isEmpty();
        assertThat(store.log().append(List.of(draft), SENT_AT)).containsExactly(new Appended(1, SENT_AT));

        try (Connection connection = begin()) {
            append(connection, Chat.draft(DIRECT), Chat.draft(DIRECT));
            connection.rollback();
        }
        assertThat(Chat.send(store, DIRECT)).isEqualTo(2);
        assertThat(seqs(DIRECT)).containsExactly(1L, 2L);
    }

    @Test
    void ofSeveralAppendsThoseAfterASavepointCanBeTakenBack() throws SQLException {
        ConversationId inbox = ConversationId.inbox(ALICE);
        try (Connection connection = begin()) {
            append(connection, Chat.draft(DIRECT));
            Savepoint savepoint = connection.setSavepoint();
            HostAppend undone = append(connection, Chat.draft(DIRECT), Chat.draft(inbox));
            assertThat(undone.outcomes()).containsExactly(new Appended(2, SENT_AT), new Appended(1, SENT_AT));
            connection.rollback(savepoint);
            HostAppend kept = append(connection, Chat.draft(DIRECT));
            assertThat(kept.outcomes()).containsExactly(new Appended(2, SENT_AT));
            append(connection, Chat.draft(DIRECT));
            connection.commit();
            kept.confirm();
            assertThatIllegalStateException().isThrownBy(undone::confirm).withMessageContaining("rolled back");
        }
        assertThat(seqs(DIRECT)).containsExactly(1L, 2L, 3L);
        assertThat(seqs(inbox)).isEmpty();
        assertThat(store.memberships().conversations(ALICE)).containsExactly(DIRECT);
    }

    @Test
    void aRepeatGetsTheFirstAnswer() throws SQLException {
        Draft draft = Chat.draft(DIRECT);
        try (Connection connection = begin()) {
            append(connection, draft);
            assertThat(append(connection, draft, draft).outcomes()).containsOnly(new AlreadyAppended(1, SENT_AT));
            connection.commit();
        }
        try (Connection connection = begin()) {
            HostAppend again = append(connection, draft, Chat.draft(DIRECT));
            assertThat(again.outcomes()).containsExactly(new AlreadyAppended(1, SENT_AT), new Appended(2, SENT_AT));
            connection.commit();
            again.confirm();
        }
        assertThat(store.log().append(List.of(draft), SENT_AT + 1)).containsExactly(new AlreadyAppended(1, SENT_AT));
        assertThat(seqs(DIRECT)).containsExactly(1L, 2L);
    }

    @Test
    void groupsAreMadeAndChangedInTheTransaction() throws SQLException {
        ConversationId group = ConversationId.group("g");
        Content entry = new Content(Content.MEMBERSHIP, "text", Payload.EMPTY, Map.of(), 0, List.of(), 0);
        Draft create = new Draft(
                group,
                ALICE,
                Chat.draft(group).clientMessageId(),
                entry,
                new Change.CreateGroup("G", History.ALL, List.of(BOB)));
        try (Connection connection = begin()) {
            assertThat(append(connection, Chat.draft(group)).outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND));
            append(connection, create, Chat.draft(group));
            connection.commit();
        }
        assertThat(seqs(group)).containsExactly(1L, 2L);
        assertThat(store.memberships().members(group, null, 10)).hasSize(2);
    }

    @Test
    void aConnectionThatCommitsByItselfIsRefused() throws SQLException {
        try (Connection connection = host.getConnection()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> append(connection, Chat.draft(DIRECT)))
                    .withMessageContaining("setAutoCommit(false)");
        }
        assertThat(seqs(DIRECT)).isEmpty();
    }

    @Test
    void aConnectionToAnotherDatabaseIsRefused() throws SQLException {
        DataSource other = otherDatabase(true);
        JdbcStore.of(other).close();
        try (Connection connection = other.getConnection()) {
            connection.setAutoCommit(false);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> append(connection, Chat.draft(DIRECT)))
                    .withMessageContaining("another database");
        }
        try (Connection connection = otherDatabase(false).getConnection()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> append(connection, Chat.draft(DIRECT)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("has to be this store's");
        }
    }

    @Test
    void whatCannotBeAppendedAtAllIsRefusedAtOnce() throws SQLException {
        try (Connection connection = begin()) {
            assertThatIllegalArgumentException().isThrownBy(() -> store.appendIn(connection, List.of(), SENT_AT));
            assertThatThrownBy(() -> append(connection, Draft.text(ALICE, DIRECT, "no id")))
                    .isInstanceOf(NullPointerException.class);
            connection.commit();
        }
        assertThat(seqs(DIRECT)).isEmpty();
    }

    @Test
    void anAppendThatFailsLeavesTheTransactionAsItWas() throws SQLException {
        ConversationId inbox = ConversationId.inbox(ALICE);
        Chat.send(store, inbox);
        Chat.send(store, DIRECT);
        try (Connection holder = begin();
                Connection connection = begin()) {
            append(holder, Chat.draft(DIRECT));
            order(connection, 1);
            append(connection, Chat.draft(inbox));
            assertThatThrownBy(() -> append(connection, Chat.draft(inbox), Chat.draft(DIRECT)))
                    .isInstanceOfSatisfying(StoreException.class, e -> {
                        assertThat(e.retryable()).isTrue();
                        assertThat(e.effect()).isEqualTo(Effect.NOT_APPLIED);
                    });
            append(connection, Chat.draft(inbox));
            connection.commit();
            holder.rollback();
        }
        assertThat(orders()).containsExactly(1L);
        assertThat(seqs(inbox)).containsExactly(1L, 2L, 3L);
        assertThat(Chat.send(store, inbox)).isEqualTo(4);
        assertThat(Chat.send(store, DIRECT)).isEqualTo(2);
    }

    @Test
    void othersWaitForTheConversationWithABoundAndNotForAnyOther() throws Exception {
        ConversationId inbox = ConversationId.inbox(ALICE);
        Draft waiting = Chat.draft(DIRECT);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Connection connection = begin()) {
            append(connection, Chat.draft(DIRECT));
            Future<?> waiter = threads.submit(() -> store.log().append(List.of(waiting), SENT_AT));
            assertThat(Chat.send(store, inbox)).isEqualTo(1);
            assertThat(Chat.send(store, ConversationId.direct(ALICE, UserId.of("carol"))))
                    .isEqualTo(1);
            assertThatThrownBy(() -> waiter.get(BOUND_SECONDS, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(StoreException.class, e -> {
                        assertThat(e.retryable()).isTrue();
                        assertThat(e.effect()).isEqualTo(Effect.NOT_APPLIED);
                    });
            connection.commit();
        } finally {
            threads.shutdown();
        }
        assertThat(store.log().append(List.of(waiting), SENT_AT)).containsExactly(new Appended(2, SENT_AT));
    }

    @Test
    void ofTwoTransactionsThatLockCrosswiseOneFailsAndMayBeRunAgain() throws Exception {
        ConversationId inbox = ConversationId.inbox(ALICE);
        Chat.send(store, DIRECT);
        Chat.send(store, inbox);
        ExecutorService threads = Executors.newCachedThreadPool();
        int committed = 0;
        try (Connection one = begin();
                Connection other = begin()) {
            order(one, 1);
            append(one, Chat.draft(DIRECT));
            order(other, 2);
            append(other, Chat.draft(inbox));
            Future<Boolean> first = threads.submit(() -> commitWith(one, inbox));
            Future<Boolean> second = threads.submit(() -> commitWith(other, DIRECT));
            for (Future<Boolean> done : List.of(first, second)) {
                committed += done.get(BOUND_SECONDS, TimeUnit.SECONDS) ? 1 : 0;
            }
        } finally {
            threads.shutdown();
        }
        assertThat(committed).isLessThan(2);
        assertThat(orders()).hasSize(committed);
        assertThat(seqs(DIRECT)).hasSize(1 + committed);
        assertThat(Chat.send(store, DIRECT)).as("no gap").isEqualTo(2 + committed);
        assertThat(Chat.send(store, inbox)).isEqualTo(2 + committed);
    }

    /** Appends and commits, or rolls back where that fails. */
    private boolean commitWith(Connection connection, ConversationId conversation) throws SQLException {
        try {
            append(connection, Chat.draft(conversation));
            connection.commit();
            return true;
        } catch (StoreException e) {
            assertThat(e.retryable()).isTrue();
            connection.rollback();
            return false;
        }
    }

    @Test
    void onlyWhatIsCommittedIsConfirmed() throws SQLException {
        try (Connection connection = begin()) {
            HostAppend appended = append(connection, Chat.draft(DIRECT));
            assertThatIllegalStateException().isThrownBy(appended::confirm).withMessageContaining("not committed yet");
            connection.commit();
            appended.confirm();
            appended.confirm();

            HostAppend gone = append(connection, Chat.draft(DIRECT));
            connection.rollback();
            assertThatIllegalStateException().isThrownBy(gone::confirm);
            Chat.send(store, DIRECT);
            assertThatIllegalStateException().as("another message took its seq").isThrownBy(gone::confirm);
        }
        assertThat(seqs(DIRECT)).containsExactly(1L, 2L);
    }

    @Test
    void aJdbiHandleInATransactionServesToo() throws SQLException {
        Jdbi jdbi = Jdbi.create(host);
        HostAppend appended = jdbi.inTransaction(handle -> {
            handle.execute("INSERT INTO orders (id) VALUES (7)");
            return store.appendIn(handle, List.of(Chat.draft(DIRECT)), SENT_AT);
        });
        appended.confirm();
        assertThat(orders()).containsExactly(7L);
        assertThat(seqs(DIRECT)).containsExactly(1L);
    }

    @Test
    void manyTransactionsSomeRolledBackAmongOtherAppendsLeaveNoGap() throws Exception {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            long first = thread * 1_000L;
            tasks.add(() -> transactions(first, 40));
        }
        tasks.add(() -> {
            for (int i = 0; i < 40; i++) {
                sendUntilStored();
            }
            return 40;
        });
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        int stored = 0;
        try {
            for (Future<Integer> done : threads.invokeAll(tasks, BOUND_SECONDS, TimeUnit.SECONDS)) {
                stored += done.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(seqs(DIRECT))
                .isEqualTo(LongStream.rangeClosed(1, stored).boxed().toList());
        assertThat(orders()).hasSize(stored - 40);
    }

    /** @return how many were committed */
    private int transactions(long first, int count) throws SQLException {
        int committed = 0;
        for (long id = first; id < first + count; id++) {
            try (Connection connection = begin()) {
                order(connection, id);
                append(connection, Chat.draft(DIRECT));
                if (id % 3 == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    committed++;
                }
            }
        }
        return committed;
    }

    private void sendUntilStored() {
        Draft draft = Chat.draft(DIRECT);
        while (true) {
            try {
                store.log().append(List.of(draft), SENT_AT);
                return;
            } catch (StoreException e) {
                assertThat(e.retryable()).isTrue();
            }
        }
    }
}
