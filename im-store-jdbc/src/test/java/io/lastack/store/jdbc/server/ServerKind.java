package io.lastack.store.jdbc.server;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database servers, each with a driver, for tests that all of them must pass. */
public enum ServerKind {
    POSTGRESQL,
    MARIADB,
    /** MySQL's driver. */
    MYSQL;

    public TestServer shared() {
        return this == POSTGRESQL ? PostgreSqlServer.shared() : MariaDbServer.shared();
    }

    /** A server for one test, which may do to it what it likes. */
    public TestServer start() throws Exception {
        return this == POSTGRESQL ? PostgreSqlServer.start() : MariaDbServer.start();
    }

    /** The URL of a new, empty database of the shared server. */
    public String newDatabase() {
        return newDatabase(shared());
    }

    public String newDatabase(TestServer server) {
        return this == MYSQL ? MariaDbServer.mysqlUrl(server.newDatabase()) : server.newDatabase();
    }

    /** The folder of its scripts. */
    public String folder() {
        return this == POSTGRESQL ? "postgresql" : "mariadb";
    }

    public static String databaseIn(String url) {
        return url.replaceFirst(".*/", "").replaceFirst("\\?.*", "");
    }

    /** A pool as a host has one: with the driver's and the server's own settings. */
    public static HikariDataSource hostsPool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(5);
        pool.setConnectionTimeout(5_000);
        return pool;
    }

    /** Ends every session of the database that the URL names. */
    public void endSessions(String url) throws SQLException {
        String database = databaseIn(url);
        if (this == POSTGRESQL) {
            shared().execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database
                    + "'");
            return;
        }
        try (Connection connection = DriverManager.getConnection(shared().adminUrl());
                Statement statement = connection.createStatement()) {
            List<Long> sessions = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT id FROM information_schema.processlist WHERE db = '" + database + "'")) {
                while (rows.next()) {
                    sessions.add(rows.getLong(1));
                }
            }
            for (long session : sessions) {
                statement.execute("KILL " + session);
            }
        }
    }
}
