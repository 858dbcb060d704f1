package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an H2 database must be like for confirmed messages to stay, and for names to be compared exactly. */
final class H2Safety {
    /** The versions that lost nothing when the process was killed, with what the store does about it. 2.5.252 did. */
    private static final Set<String> PROVEN = Set.of("2.4.240");

    /** The file systems with which that was seen; others keep data in memory, or in the memory of the process for a while. */
    private static final Set<String> PROVEN_FILE_SYSTEMS = Set.of("file", "retry");

    private static final Pattern FILE_SYSTEM = Pattern.compile("([A-Za-z][A-Za-z0-9]+):(.*)", Pattern.DOTALL);

    private H2Safety() {}

    static void require(Connection connection, boolean acceptUnsafe) throws SQLException {
        requireExactNames(connection);
        String path = Safety.single(connection, "SELECT DATABASE_PATH()");
        if (path != null) {
            if (!H2File.isHere(connection)) {
                throw Safety.refused(
                        "this H2 database is open in another process or behind a wrapper that hides it; only"
                                + " one that this process has open keeps confirmed messages: allowed is a connection to a"
                                + " plain path that is, or unwraps to, H2's own");
            }
            requireProven(path, String.valueOf(Safety.single(connection, "SELECT H2VERSION()")), acceptUnsafe);
        }
    }

    static boolean isOnDisk(Connections connections) throws SQLException {
        try (Connection connection = connections.open()) {
            return Safety.single(connection, "SELECT DATABASE_PATH()") != null;
        }
    }

    static void requireProven(String path, String version, boolean acceptUnsafe) {
        if (!PROVEN.contains(version)) {
            Safety.refuse(
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
                Safety.refuse(
                        "H2's file system " + fileSystem + ": was not shown to keep confirmed messages when the process"
                                + " dies; allowed is a plain path, or retry: before one",
                        acceptUnsafe);
            }
            rest = match.group(2);
        }
        if (!retries) {
            Safety.warn("An interrupt of a thread that uses the H2 database closes it for the whole process;"
                    + " put retry: before the path in the URL, as in jdbc:h2:retry:./data/im");
        }
    }

    private static void requireExactNames(Connection connection) throws SQLException {
        if (!"TRUE".equals(Safety.single(connection, "SELECT 'a' <> 'A' AND 'B' < 'a' AND '' IS NOT NULL"))) {
            throw Safety.refused(
                    "this H2 database does not compare text exactly, so that users could take one another's names;"
                            + " it must be without COLLATION and the compatibility mode of Oracle");
        }
    }
}
