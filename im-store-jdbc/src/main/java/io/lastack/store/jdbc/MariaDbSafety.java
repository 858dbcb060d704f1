package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** What a MariaDB or MySQL must be like for confirmed messages to stay. */
final class MariaDbSafety {
    private MariaDbSafety() {}

    static void require(Connection connection, boolean acceptUnsafe) throws SQLException {
        requireVersion(connection.getMetaData());
        String flush = variable(connection, "@@GLOBAL.innodb_flush_log_at_trx_commit");
        if (!"1".equals(flush)) {
            Safety.refuse(
                    "the server runs with innodb_flush_log_at_trx_commit = " + flush
                            + ": a commit is confirmed before it is on disk; it must be 1",
                    acceptUnsafe);
        }
        if (variable(connection, "@@GLOBAL.log_bin").equals("1")
                && !variable(connection, "@@GLOBAL.sync_binlog").equals("1")) {
            Safety.warn("The server keeps a binary log with sync_binlog other than 1: after a crash, replicas can lack"
                    + " messages that were confirmed. Set sync_binlog = 1");
        }
        String mode = variable(connection, "@@SESSION.sql_mode");
        if (!mode.contains("STRICT_ALL_TABLES") && !mode.contains("STRICT_TRANS_TABLES")) {
            throw Safety.refused("the session's sql_mode is " + mode
                    + ", under which the server cuts values off silently; it must contain STRICT_TRANS_TABLES");
        }
        if (variable(connection, "@@GLOBAL.read_only").equals("1")) {
            Safety.warn("The server is read-only: appends fail until it is not");
        }
    }

    private static void requireVersion(DatabaseMetaData data) throws SQLException {
        String version = data.getDatabaseProductVersion();
        boolean maria =
                version.contains("MariaDB") || data.getDatabaseProductName().equals(MariaDbDialect.PRODUCT);
        int number = data.getDatabaseMajorVersion() * 100 + data.getDatabaseMinorVersion();
        if (maria ? number < 1006 : number < 800) {
            throw Safety.refused("the server's version " + version
                    + " is too old; allowed are MariaDB 10.6 or later and MySQL 8.0 or later");
        }
    }

    private static String variable(Connection connection, String name) throws SQLException {
        return String.valueOf(Safety.single(connection, "SELECT " + name));
    }
}
