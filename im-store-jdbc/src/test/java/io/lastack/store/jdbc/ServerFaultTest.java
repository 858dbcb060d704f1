package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.error.StoreException.Scope;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.store.jdbc.server.ServerKind;
import io.lastack.store.jdbc.server.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Locks, sessions that end, servers that die: what a caller sees, and how the store goes on. */
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass
@EnumSource
class ServerFaultTest {
    private static final ConversationId OTHER = ConversationId.direct(ALICE, UserId.of("carol"));
    private static final long BOUND_SECONDS = 60;

    private final ServerKind kind;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ServerFaultTest(ServerKind kind) {
        this.kind = kind;
    }

    @AfterEach
    void stop() {
        threads.shutdown();
    }

    @Test
    void aConversationThatSomebodyHoldsIsWaitedForNotLongAndSaidToBeHeld() throws SQLException {
        String url = kind.newDatabase();
        try (HikariDataSource pool = ServerKind.hostsPool(url);
                JdbcStore own = JdbcStore.open(url);
                JdbcStore hosted = JdbcStore.of(pool);
                Connection holder = DriverManager.getConnection(url)) {
            Chat.send(own, DIRECT);
            Chat.send(own, OTHER);
            lock(holder, DIRECT);
            for (JdbcStore store : List.of(own, hosted)) {
                assertThatThrownBy(() -> store.log().append(List.of(Chat.draft(OTHER), Chat.draft(DIRECT)), 1))
                        .isInstanceOfSatisfying(StoreException.class, e -> {
                            assertThat(e.retryable()).isTrue();
                            assertThat(e.effect()).isEqualTo(Effect.NOT_APPLIED);
                            assertThat(e.scope()).isEqualTo(Scope.CONVERSATION);
                        })
                        .hasMessageContaining("another transaction holds a row");
            }
            assertThat(Chat.send(own, OTHER)).isEqualTo(2);
            holder.rollback();
            assertThat(Chat.send(hosted, DIRECT)).isEqualTo(2);
        }
    }

    @Test
    void aDeadlockWithATransactionOfTheHostIsNotToldToTheCaller() throws Exception {
        String url = kind.newDatabase();
        AtomicReference<TappedDataSource.Tap> tap = new AtomicReference<>(sql -> {});
        try (HikariDataSource pool = ServerKind.hostsPool(url);
                JdbcStore store =
                        JdbcStore.of(TappedDataSource.of(pool, sql -> tap.get().before(sql)));
                Connection host = DriverManager.getConnection(url)) {
            Chat.send(store, DIRECT);
            Chat.send(store, OTHER);
            for (int round = 0; round < 3; round++) {
                lock(host, OTHER);
                Future<List<AppendOutcome>> append =
                        threads.submit(() -> store.log().append(List.of(Chat.draft(DIRECT), Chat.draft(OTHER)), 1));
                Future<?> opposite = threads.submit(() -> {
                    try {
                        lock(host, DIRECT);
                        host.commit();
                    } catch (SQLException e) {
                        host.rollback(); // The host was chosen to give way.
                    }
                    return true;
                });
                opposite.get(BOUND_SECONDS, TimeUnit.SECONDS);
                assertThat(append.get(BOUND_SECONDS, TimeUnit.SECONDS)).hasOnlyElementsOfType(Appended.class);
            }
        }
    }

    @Test
    void sessionsThatAreEndedCostNoMessage() throws SQLException {
        String url = kind.newDatabase();
        try (JdbcStore store = JdbcStore.open(url)) {
            long last = Chat.send(store, DIRECT);
            for (int round = 0; round < 3; round++) {
                kind.endSessions(url);
                assertThat(appendUntilItWorks(store, Chat.draft(DIRECT))).isEqualTo(List.of(new Appended(++last, 1)));
            }
            assertThat(Chat.read(store, DIRECT)).hasSize((int) last);
        }
    }

    @Test
    void aSessionThatEndsInTheMiddleLeavesNothingAndOneThatEndsAtTheCommitIsOfUnknownEffect() throws SQLException {
        String url = kind.newDatabase();
        AtomicReference<String> when = new AtomicReference<>("never");
        try (HikariDataSource pool = ServerKind.hostsPool(url);
                JdbcStore store = JdbcStore.of(TappedDataSource.of(pool, sql -> {
                    if (sql.startsWith(when.get())) {
                        when.set("never");
                        kind.endSessions(url);
                    }
                }))) {
            Chat.send(store, DIRECT);
            assertEffect(store, when, "INSERT INTO lastack_message", Effect.NOT_APPLIED);
            assertEffect(store, when, "COMMIT", Effect.UNKNOWN);
            assertThat(Chat.read(store, DIRECT)).hasSize(3);
        }
    }

    private static void assertEffect(JdbcStore store, AtomicReference<String> when, String statement, Effect effect) {
        Draft draft = Chat.draft(DIRECT);
        when.set(statement);
        assertThatThrownBy(() -> store.log().append(List.of(draft), 1))
                .isInstanceOfSatisfying(StoreException.class, e -> {
                    assertThat(e.effect()).isEqualTo(effect);
                    assertThat(e.retryable()).isTrue();
                    assertThat(e.scope()).isEqualTo(Scope.STORE);
                });
        appendUntilItWorks(store, draft);
    }

    /** Sets up a server of its own and starts it twice, which is up to the disk. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aServerThatDiesAndComesBackIsUsedAgainAndKeptWhatItConfirmed() throws Exception {
        try (TestServer server = kind.start()) {
            String url = kind.newDatabase(server);
            try (JdbcStore store = JdbcStore.open(url)) {
                List<Draft> confirmed = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    Draft draft = Chat.draft(DIRECT);
                    appendUntilItWorks(store, draft);
                    confirmed.add(draft);
                }
                server.kill();
                Draft late = Chat.draft(DIRECT);
                assertThatThrownBy(() -> store.log().append(List.of(late), 1))
                        .isInstanceOfSatisfying(StoreException.class, e -> {
                            assertThat(e.retryable()).isTrue();
                            assertThat(e.scope()).isEqualTo(Scope.STORE);
                        });
                server.restart();
                appendUntilItWorks(store, late);
                confirmed.add(late);
                assertThat(Chat.read(store, DIRECT))
                        .extracting(message -> message.clientMessageId())
                        .isEqualTo(confirmed.stream()
                                .map(Draft::requireClientMessageId)
                                .toList());
            }
        }
    }

    @Test
    void aServerThatTakesNoWritesForNowIsARetryableErrorThatPasses() throws SQLException {
        String url = kind.newDatabase();
        AtomicBoolean readOnly = new AtomicBoolean();
        try (HikariDataSource pool = ServerKind.hostsPool(url);
                JdbcStore store = JdbcStore.of(TappedDataSource.of(pool, sql -> {
                    if (readOnly.get() && sql.contains("lastack_conversation")) {
                        throw readOnlyError(url);
                    }
                }))) {
            Chat.send(store, DIRECT);
            readOnly.set(true);
            assertThatThrownBy(() -> Chat.send(store, DIRECT)).isInstanceOfSatisfying(StoreException.class, e -> {
                assertThat(e.effect()).isEqualTo(Effect.NOT_APPLIED);
                assertThat(e.retryable()).isTrue();
            });
            readOnly.set(false);
            assertThat(Chat.send(store, DIRECT)).isEqualTo(2);
        }
    }

    /** What the server itself says to a write in a transaction that may not write. */
    private static SQLException readOnlyError(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
                    .replace(
                            "SESSION CHARACTERISTICS AS TRANSACTION",
                            url.startsWith("jdbc:postgresql")
                                    ? "SESSION CHARACTERISTICS AS TRANSACTION"
                                    : "SESSION TRANSACTION"));
            statement.execute("UPDATE lastack_conversation SET members = 9");
        } catch (SQLException e) {
            return e;
        }
        throw new AssertionError("the server wrote");
    }

    private static void lock(Connection connection, ConversationId conversation) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT id FROM lastack_conversation WHERE name = '" + conversation + "' FOR UPDATE")
                    .close();
        }
    }

    /** As an engine does: what may be retried is. Every connection of a pool may fail once, and a server takes seconds to come back. */
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
}
