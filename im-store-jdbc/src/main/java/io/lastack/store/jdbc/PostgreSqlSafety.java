package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** What a PostgreSQL must be like for confirmed messages to stay. */
final class PostgreSqlSafety {
    private static final int OLDEST = 12;

    private PostgreSqlSafety() {}

    static void require(Connection connection, boolean acceptUnsafe) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw Safety.refused("PostgreSQL " + version + " is too old; allowed is " + OLDEST + " or later");
        }
        if (!"f".equals(Safety.single(connection, "SELECT pg_is_in_recovery()"))) {
            throw Safety.refused("this PostgreSQL is a standby, which takes no writes; give the URL of the primary");
        }
        String encoding = setting(connection, "server_encoding");
        if (!"UTF8".equals(encoding)) {
            throw Safety.refused(
                    "the database's encoding is " + encoding
                            + ", which does not hold every name of a group; allowed is UTF8: CREATE DATABASE … ENCODING 'UTF8'");
        }
        requireOn(connection, "fsync", "what is committed is lost when the operating system crashes", acceptUnsafe);
        requireOn(connection, "full_page_writes", "a crash can tear pages apart", acceptUnsafe);
        requireOn(connection, "synchronous_commit", "a commit is confirmed before it is on disk", acceptUnsafe);
    }

    /** {@code synchronous_commit} has several values that are stronger than {@code off}. */
    private static void requireOn(Connection connection, String name, String otherwise, boolean acceptUnsafe)
            throws SQLException {
        if ("off".equals(setting(connection, name))) {
            Safety.refuse(
                    "PostgreSQL runs with " + name + " = off: " + otherwise + "; it must not be off", acceptUnsafe);
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        return String.valueOf(Safety.single(connection, "SHOW " + name));
    }
}
