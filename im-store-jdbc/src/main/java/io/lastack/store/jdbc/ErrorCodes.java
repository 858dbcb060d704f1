package io.lastack.store.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** SQL states, where they mean the same everywhere. */
final class ErrorCodes {
    /** Features, data, constraints, credentials, permissions, syntax and objects: the same statement fails in the same way again. */
    private static final Set<String> PERMANENT_CLASSES = Set.of("0A", "22", "23", "28", "3D", "3F", "42");

    private ErrorCodes() {}

    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    static boolean isPermanent(SQLException e) {
        String state = state(e);
        return state.length() == 5 && PERMANENT_CLASSES.contains(state.substring(0, 2));
    }

    /** Whether the connection could not be made or broke. */
    static boolean isConnection(SQLException e) {
        return state(e).startsWith("08");
    }
}
