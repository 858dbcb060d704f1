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
    /** MySQL's driver, with a MySQL server where {@code -Dmysql.home} names one, and otherwise with MariaDB. */
    MYSQL;

    /** Those with a server of their own. */
    public static List<ServerKind> servers() {
        return MySqlServer.isInstalled() ? List.of(values()) : List.of(POSTGRESQL, MARIADB);
    }

    public TestServer shared() {
        return switch (this) {
            case POSTGRESQL -> PostgreSqlServer.shared();
            case MARIADB -> MariaDbServer.shared();
            case MYSQL -> MySqlServer.shared();
        };
    }

    /** A server for one test, which may do to it what it likes. */
    public TestServer start() throws Exception {
        return switch (this) {
            case POSTGRESQL -> PostgreSqlServer.start();
            case MARIADB -> MariaDbServer.start();
            case MYSQL -> MySqlServer.isInstalled() ? MySqlServer.start() : MariaDbServer.start();
        };
    }

    /** The URL of a new, empty database of the shared server. */
    public String newDatabase() {
        return newDatabase(shared());
    }

    public String newDatabase(TestServer server) {
        String url = server.newDatabase();
        return this == MYSQL ? url.replace("jdbc:mariadb:", "jdbc:mysql:") : url;
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
            try (ResultSet rows = statement.executeQuery("SHOW PROCESSLIST")) {
                while (rows.next()) {
                    if (database.equals(rows.getString("db"))) {
                        sessions.add(rows.getLong("Id"));
                    }
                }
            }
            for (long session : sessions) {
                statement.execute("KILL " + session);
            }
        }
    }
}
