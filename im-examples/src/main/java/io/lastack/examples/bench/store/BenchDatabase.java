package io.lastack.examples.bench.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database that is measured: how the bare loop writes into it, and how much room messages take. */
enum BenchDatabase {
    H2("jdbc:h2:", ";RETENTION_TIME=0;WRITE_DELAY=2147483647;QUERY_CACHE_SIZE=64") {
        @Override
        BareAppend bare(Connection connection) throws SQLException {
            return new H2BareAppend(connection);
        }

        @Override
        long bytes(String url) {
            try {
                return Files.size(Path.of(url.replaceFirst("^jdbc:h2:file:", "") + ".mv.db"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRESQL("jdbc:postgresql:", "") {
        @Override
        BareAppend bare(Connection connection) throws SQLException {
            return new PostgreSqlBareAppend(connection);
        }

        @Override
        long bytes(String url) throws SQLException {
            return number(url, "SELECT pg_total_relation_size('lastack_message')");
        }
    },
    MARIADB("jdbc:mariadb:", BenchDatabase.BATCHES) {
        @Override
        BareAppend bare(Connection connection) throws SQLException {
            return new MariaDbBareAppend(connection);
        }

        @Override
        long bytes(String url) throws SQLException {
            return number(
                    url,
                    "SELECT file_size FROM information_schema.innodb_sys_tablespaces"
                            + " WHERE name = CONCAT(DATABASE(), '/lastack_message')");
        }
    },
    MYSQL("jdbc:mysql:", BenchDatabase.BATCHES) {
        @Override
        BareAppend bare(Connection connection) throws SQLException {
            return new MariaDbBareAppend(connection);
        }

        @Override
        long bytes(String url) throws SQLException {
            return number(
                    url,
                    "SELECT file_size FROM information_schema.innodb_tablespaces"
                            + " WHERE name = CONCAT(DATABASE(), '/lastack_message')");
        }
    };

    /** As the store sets it. */
    private static final String BATCHES = "rewriteBatchedStatements=true";

    private final String prefix;
    private final String settings;

    BenchDatabase(String prefix, String settings) {
        this.prefix = prefix;
        this.settings = settings;
    }

    /** @throws IllegalArgumentException if the URL is of another database */
    static BenchDatabase of(String url) {
        for (BenchDatabase database : values()) {
            if (url.startsWith(database.prefix)) {
                return database;
            }
        }
        throw new IllegalArgumentException(
                "the URL " + url.replaceFirst("[;?].*", "") + " is of no database that is measured");
    }

    /** The statements of the bare loop, on a connection of its own. */
    abstract BareAppend bare(Connection connection) throws SQLException;

    /** How much room the messages and their indexes take; in H2, everything. */
    abstract long bytes(String url) throws SQLException;

    /** A connection for the bare loop; in H2 as the first user, on servers as the URL says. */
    Connection connect(String url) throws SQLException {
        if (this == H2) {
            return DriverManager.getConnection(url + settings, "sa", "");
        }
        return DriverManager.getConnection(url + (url.contains("?") ? "&" : "?") + settings);
    }

    long number(String url, String query) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
