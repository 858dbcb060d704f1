package io.lastack.store.jdbc;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an H2 database must be like for confirmed messages to stay, and for names to be compared exactly. */
final class H2Safety {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    /** The versions that lost nothing when the process was killed, with what the store does about it. 2.5.252 did. */
    private static final Set<String> PROVEN = Set.of("2.4.240");

    /** The file systems with which that was seen; others keep data in memory, or in the memory of the process for a while. */
    private static final Set<String> PROVEN_FILE_SYSTEMS = Set.of("file", "retry");

    private static final Pattern FILE_SYSTEM = Pattern.compile("([A-Za-z][A-Za-z0-9]+):(.*)", Pattern.DOTALL);

    private H2Safety() {}

    static void require(Connection connection, boolean acceptUnsafe) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            requireExactNames(statement);
            String path = single(statement, "SELECT DATABASE_PATH()");
            if (path != null) {
                if (!H2File.isHere(connection)) {
                    throw refused("this H2 database is open in another process or behind a wrapper that hides it; only"
                            + " one that this process has open keeps confirmed messages: allowed is a connection to a"
                            + " plain path that is, or unwraps to, H2's own");
                }
                requireProven(path, String.valueOf(single(statement, "SELECT H2VERSION()")), acceptUnsafe);
            }
        }
    }

    static boolean isOnDisk(Connections connections) throws SQLException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            return single(statement, "SELECT DATABASE_PATH()") != null;
        }
    }

    static void requireProven(String path, String version, boolean acceptUnsafe) {
        if (!PROVEN.contains(version)) {
            refuse(
                    "H2 " + version + " was not shown to keep confirmed messages when the process dies (2.5.252 was"
                            + " shown to lose them); allowed are "
                            + PROVEN.stream().sorted().toList(),
                    acceptUnsafe);
        }
        boolean retries = false;
        String rest = path;
        for (Matcher match = FILE_SYSTEM.matcher(rest); match.matches(); match = FILE_SYSTEM.matcher(rest)) {
            String fileSystem = match.group(1);
            retries |= fileSystem.equals("retry");
            if (!PROVEN_FILE_SYSTEMS.contains(fileSystem)) {
                refuse(
                        "H2's file system " + fileSystem + ": was not shown to keep confirmed messages when the process"
                                + " dies; allowed is a plain path, or retry: before one",
                        acceptUnsafe);
            }
            rest = match.group(2);
        }
        if (!retries) {
            LOG.warn("An interrupt of a thread that uses the H2 database closes it for the whole process;"
                    + " put retry: before the path in the URL, as in jdbc:h2:retry:./data/im");
        }
    }

    private static void refuse(String problem, boolean acceptUnsafe) {
        if (!acceptUnsafe) {
            throw refused(problem + "; to accept the loss, build the store with acceptUnsafeDatabase()");
        }
        LOG.warn("CONFIRMED MESSAGES CAN BE LOST: {}; accepted by acceptUnsafeDatabase()", problem);
    }

    private static void requireExactNames(Statement statement) throws SQLException {
        if (!"TRUE".equals(single(statement, "SELECT 'a' <> 'A' AND 'B' < 'a' AND '' IS NOT NULL"))) {
            throw refused(
                    "this H2 database does not compare text exactly, so that users could take one another's names;"
                            + " it must be without COLLATION and the compatibility mode of Oracle");
        }
    }

    private static StoreException refused(String message) {
        return new StoreException(message, null, false, Effect.NOT_APPLIED);
    }

    private static @Nullable String single(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
