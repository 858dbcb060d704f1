package io.lastack.store.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The driver's exception inside whatever it was wrapped in. */
final class SqlCause {
    private SqlCause() {}

    static Optional<SQLException> of(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SQLException found) {
                return Optional.of(mostTelling(found));
            }
        }
        return Optional.empty();
    }

    /**
     * The driver's codes, and its words only where they cannot hold a value: drivers quote the row they stumbled over,
     * and rows hold message bodies.
     */
    static String describe(SQLException e) {
        String codes = "SQL state " + e.getSQLState() + ", code " + e.getErrorCode();
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean mayQuoteRow = state.startsWith("22") || state.startsWith("23");
        return mayQuoteRow ? codes : codes + ", " + firstLine(e);
    }

    private static String firstLine(SQLException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line = message.lines().findFirst().orElse("");
        // H2 adds the statement after this mark; statements here hold no values, but they are long.
        int statement = line.indexOf("; SQL statement:");
        return statement < 0 ? line : line.substring(0, statement);
    }

    /** A failed batch says what failed only in what is chained to it. */
    private static SQLException mostTelling(SQLException e) {
        SQLException next = e.getNextException();
        return e instanceof java.sql.BatchUpdateException && next != null ? next : e;
    }
}
