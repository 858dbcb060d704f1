package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lastack.error.StoreException;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.store.jdbc.server.MariaDbServer;
import io.lastack.store.jdbc.server.PostgreSqlServer;
import io.lastack.store.jdbc.server.ServerKind;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Servers that would lose what they confirmed, or cut off or mix up names. */
@Isolated("it changes settings of the servers that all share")
class ServerSafetyTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(JdbcStore.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @Test
    void aPostgreSqlThatConfirmsBeforeItsDiskDoesIsRefusedUnlessAccepted() throws SQLException {
        String url = PostgreSqlServer.shared().newDatabase();
        PostgreSqlServer.shared()
                .execute("ALTER DATABASE " + ServerKind.databaseIn(url) + " SET synchronous_commit = off");

        assertRefusedUnlessAccepted(url, "synchronous_commit = off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "remote_write", "on", "remote_apply"})
    void aPostgreSqlThatWaitsForItsDiskIsTaken(String value) throws SQLException {
        String url = PostgreSqlServer.shared().newDatabase();
        PostgreSqlServer.shared()
                .execute("ALTER DATABASE " + ServerKind.databaseIn(url) + " SET synchronous_commit = " + value);

        JdbcStore.open(url).close();
        assertThat(warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes"})
    void aPostgreSqlThatDoesNotSurviveACrashOfItsMachineIsRefusedUnlessAccepted(String setting) throws IOException {
        try (PostgreSqlServer server = PostgreSqlServer.start(Map.of(setting, "off"))) {
            assertRefusedUnlessAccepted(server.newDatabase(), setting + " = off");
        }
    }

    @Test
    void aPostgreSqlWhoseEncodingDoesNotHoldEveryTitleIsRefused() throws SQLException {
        PostgreSqlServer server = PostgreSqlServer.shared();
        server.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");

        assertThatThrownBy(() -> JdbcStore.builder(server.url("latin"))
                        .acceptUnsafeDatabase()
                        .open())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("LATIN1", "UTF8");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aMariaDbThatConfirmsBeforeItsDiskDoesIsRefusedUnlessAccepted(int value) throws SQLException {
        MariaDbServer server = MariaDbServer.shared();
        String url = server.newDatabase();
        server.execute("SET GLOBAL innodb_flush_log_at_trx_commit = " + value);
        try {
            assertRefusedUnlessAccepted(url, "innodb_flush_log_at_trx_commit = " + value);
        } finally {
            server.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
        }
    }

    @Test
    void aMariaDbThatCutsOffValuesIsRefused() {
        String url = MariaDbServer.shared().newDatabase() + "&sessionVariables=sql_mode='ANSI_QUOTES'";
        assertThatThrownBy(() -> JdbcStore.builder(url).acceptUnsafeDatabase().open())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("ANSI_QUOTES", "STRICT_TRANS_TABLES");
    }

    @ParameterizedTest
    @EnumSource
    void namesThatDifferInCaseAreDifferentUsers(ServerKind kind) {
        try (JdbcStore store = JdbcStore.open(kind.newDatabase())) {
            Chat.send(store, ConversationId.direct(Chat.ALICE, UserId.of("bob")));

            assertThat(Chat.send(store, ConversationId.direct(Chat.ALICE, UserId.of("BOB"))))
                    .isEqualTo(1);
            assertThat(Chat.send(store, ConversationId.direct(Chat.ALICE, UserId.of("bob"))))
                    .isEqualTo(2);
        }
    }

    private void assertRefusedUnlessAccepted(String url, String problem) {
        assertThatThrownBy(() -> JdbcStore.open(url))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.retryable()).isFalse())
                .hasMessageContainingAll(problem, "acceptUnsafeDatabase()");

        JdbcStore.builder(url).acceptUnsafeDatabase().open().close();
        assertThat(warnings()).singleElement().asString().contains("CONFIRMED MESSAGES CAN BE LOST", problem);
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
