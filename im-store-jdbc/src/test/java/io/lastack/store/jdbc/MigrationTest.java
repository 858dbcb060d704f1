package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.error.StoreException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationTest {
    private static final int NEWEST = new H2Dialect().schemaVersion();

    private final JdbcDataSource host = new JdbcDataSource();
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        host.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        host.setUser("sa");
        connection = host.getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void theStoresTablesAndHistoryLieBesideTheHosts() throws SQLException {
        run("CREATE TABLE orders (id INT)");
        Flyway.configure()
                .dataSource(host)
                .baselineOnMigrate(true)
                .baselineVersion("7")
                .load()
                .migrate();

        JdbcStore.of(host).close();
        JdbcStore.of(host).close();

        assertThat(query("SELECT LOWER(TABLE_NAME) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"))
                .contains("orders", "flyway_schema_history", "lastack_schema_history", "lastack_message")
                .filteredOn(name -> !name.startsWith("lastack_"))
                .hasSize(2);
        assertThat(query("SELECT \"version\" FROM \"flyway_schema_history\" WHERE \"version\" IS NOT NULL"))
                .containsExactly("7");
        assertThat(
                        query(
                                "SELECT \"version\" FROM \"lastack_schema_history\" WHERE \"version\" IS NOT NULL ORDER BY \"installed_rank\""))
                .containsExactlyElementsOf(IntStream.rangeClosed(0, NEWEST)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void theStoreTakesTablesThatTheHostMadeWithTheScripts() throws Exception {
        for (String script : new H2Dialect().scripts()) {
            try (InputStream text = JdbcStore.class.getResourceAsStream("h2/" + script)) {
                run(new String(text.readAllBytes(), StandardCharsets.UTF_8));
            }
        }

        try (JdbcStore store = JdbcStore.builder(host).migrate(false).open()) {
            assertThat(Chat.send(store, Chat.DIRECT)).isEqualTo(1);
        }
        assertThat(query("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE '%history'"))
                .isEmpty();
    }

    @Test
    void missingTablesAreMissedWhenTheStoreMayNotMakeThem() {
        assertThatThrownBy(() -> JdbcStore.builder(host).migrate(false).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("not in this database", "io/lastack/store/jdbc/h2", "let the store migrate");
    }

    @Test
    void aNewerSchemaIsRefusedWithAndWithoutMigration() throws SQLException {
        JdbcStore.of(host).close();
        run("UPDATE lastack_meta SET val = '99' WHERE name = 'schema_version'");

        for (boolean migrate : List.of(true, false)) {
            assertThatThrownBy(() -> JdbcStore.builder(host).migrate(migrate).open())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll("version 99", "newer LastAck", "knows version " + NEWEST);
        }
    }

    @Test
    void anOlderSchemaIsRefusedWhenTheStoreMayNotMigrate() throws SQLException {
        JdbcStore.of(host).close();
        run("UPDATE lastack_meta SET val = '0' WHERE name = 'schema_version'");

        assertThatThrownBy(() -> JdbcStore.builder(host).migrate(false).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("version 0; version " + NEWEST + " is needed", "scripts above V0");
    }

    @Test
    void aUserWhoMayNotMakeTablesIsTold() throws SQLException {
        run("CREATE USER reader PASSWORD 'reader'");
        host.setUser("reader");
        host.setPassword("reader");

        assertThatThrownBy(() -> JdbcStore.of(host))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("must be allowed to create tables");
    }

    @Test
    void storesThatOpenANewDatabaseAtOnceAgreeOnItsEpoch() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<String>> epochs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            epochs.add(threads.submit(() -> {
                try (JdbcStore store = JdbcStore.of(host)) {
                    return store.log().epoch();
                }
            }));
        }
        threads.shutdown();

        Set<String> drawn = new HashSet<>();
        for (Future<String> epoch : epochs) {
            drawn.add(epoch.get(60, TimeUnit.SECONDS));
        }
        assertThat(drawn).singleElement().asString().hasSize(36);
    }

    @Test
    void afterARestoreTheHostDrawsAnotherEpochByDeletingTheOldOne() throws SQLException {
        String before;
        try (JdbcStore store = JdbcStore.of(host)) {
            before = store.log().epoch();
        }
        run("DELETE FROM lastack_meta WHERE name = 'epoch'");

        try (JdbcStore store = JdbcStore.of(host)) {
            assertThat(store.log().epoch()).isNotEqualTo(before);
        }
    }

    @Test
    void theEpochIsDrawnFromTheGivenSource() {
        try (JdbcStore store = JdbcStore.builder(host).random(new Random(1)).open()) {
            Random same = new Random(1);
            assertThat(store.log().epoch()).isEqualTo(new UUID(same.nextLong(), same.nextLong()).toString());
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
