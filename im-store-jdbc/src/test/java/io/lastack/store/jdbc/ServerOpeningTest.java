package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.lastack.error.StoreException;
import io.lastack.store.jdbc.server.ServerKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host reads when a database server does not take it, and how it brings its own tables and connections. */
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass
@EnumSource
class ServerOpeningTest {
    private final ServerKind kind;

    ServerOpeningTest(ServerKind kind) {
        this.kind = kind;
    }

    @Test
    void aPortThatNobodyListensOnIsExplainedAndMayPass() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String url = kind.newDatabase().replaceFirst("127.0.0.1:\\d+", "127.0.0.1:" + port);
        assertThatThrownBy(() -> JdbcStore.open(url))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.retryable()).isTrue())
                .hasMessageContainingAll("answers there", "check host and port", ":" + port)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aHostThatDoesNotExistIsExplained() {
        String url = kind.newDatabase().replaceFirst("127.0.0.1:\\d+", "no-such-host.invalid");
        assertThatThrownBy(() -> JdbcStore.open(url))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("check host and port", "no-such-host.invalid");
    }

    @Test
    void aWrongPasswordIsExplained() throws SQLException {
        String url = kind.newDatabase();
        String user = newUser(url, "right-one");
        assertThatThrownBy(() -> JdbcStore.open(withoutUser(url), user, "wrong-one"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.retryable()).isFalse())
                .hasMessageContaining("wrong user name or password")
                .hasMessageNotContaining("wrong-one");
    }

    @Test
    void aDatabaseThatDoesNotExistIsExplained() {
        String url = kind.newDatabase();
        String missing = url.replace("/" + ServerKind.databaseIn(url), "/missing");
        assertThatThrownBy(() -> JdbcStore.open(missing))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.retryable()).isFalse())
                .hasMessageContainingAll("no such database", "CREATE DATABASE");
    }

    @Test
    void aUserWhoMayNotMakeTablesIsTold() throws SQLException {
        String url = kind.newDatabase();
        String user = newUser(url, "reader");
        grantReading(url, user);
        assertThatThrownBy(() -> JdbcStore.open(withoutUser(url), user, "reader"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("must be allowed to create tables");
    }

    @Test
    void aUserWhoMayNotReadTheTablesIsTold() throws SQLException {
        String url = kind.newDatabase();
        JdbcStore.open(url).close();
        String user = newUser(url, "stranger");
        if (kind != ServerKind.POSTGRESQL) {
            kind.shared().execute("GRANT CREATE ON " + ServerKind.databaseIn(url) + ".* TO " + user);
        }
        assertThatThrownBy(() -> JdbcStore.builder(withoutUser(url))
                        .credentials(user, "stranger")
                        .migrate(false)
                        .open())
                .isInstanceOf(StoreException.class)
                .satisfies(e -> assertThat(e.getMessage()).containsAnyOf("lacks rights", "not in this database"));
    }

    @Test
    void aNewerSchemaIsRefused() throws SQLException {
        String url = kind.newDatabase();
        JdbcStore.open(url).close();
        run(url, "UPDATE lastack_meta SET val = '99' WHERE name = 'schema_version'");
        for (boolean migrate : List.of(true, false)) {
            assertThatThrownBy(() -> JdbcStore.builder(url).migrate(migrate).open())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll("version 99", "newer LastAck");
        }
    }

    @Test
    void theHostMayRunTheScriptsAndBringItsConnections() throws SQLException, IOException {
        String url = kind.newDatabase();
        try (HikariDataSource pool = ServerKind.hostsPool(url)) {
            assertThatThrownBy(() -> JdbcStore.builder(pool).migrate(false).open())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll("not in this database", "io/lastack/store/jdbc/" + kind.folder());

            for (String script : Dialects.of(pool).scripts()) {
                try (InputStream text = JdbcStore.class.getResourceAsStream(kind.folder() + "/" + script)) {
                    String all = new String(text.readAllBytes(), StandardCharsets.UTF_8).replaceAll("--.*", "");
                    run(url, all.strip().split(";\\s*\n", -1));
                }
            }
            try (JdbcStore store = JdbcStore.builder(pool).migrate(false).open()) {
                assertThat(Chat.send(store, Chat.DIRECT)).isEqualTo(1);
                assertThat(Chat.send(store, Chat.DIRECT)).isEqualTo(2);
            }
        }
    }

    @Test
    void aMigrationLiesBesideTheHostsTables() throws SQLException {
        String url = kind.newDatabase();
        run(url, "CREATE TABLE orders (id INT)");
        JdbcStore.open(url).close();
        JdbcStore.open(url).close();
        run(url, "INSERT INTO orders SELECT COUNT(*) FROM lastack_schema_history");
    }

    private String newUser(String url, String password) throws SQLException {
        String user = "user_of_" + ServerKind.databaseIn(url);
        kind.shared()
                .execute(
                        kind == ServerKind.POSTGRESQL
                                ? "CREATE USER " + user + " PASSWORD '" + password + "'"
                                : "CREATE USER " + user + " IDENTIFIED BY '" + password + "'");
        return user;
    }

    private void grantReading(String url, String user) throws SQLException {
        if (kind != ServerKind.POSTGRESQL) {
            kind.shared().execute("GRANT SELECT ON " + ServerKind.databaseIn(url) + ".* TO " + user);
        }
    }

    private static String withoutUser(String url) {
        return url.replaceFirst("\\?.*", "");
    }

    /** In one session. */
    private static void run(String url, String... sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }
}
