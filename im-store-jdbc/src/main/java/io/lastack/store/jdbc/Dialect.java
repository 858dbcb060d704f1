package io.lastack.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** What differs between databases. Everything that a dialect does not say is plain SQL in the classes that need it. */
interface Dialect {
    /** The folder of its migrations, beside this class. */
    String folder();

    /** Its migrations, in order: {@code V1__….sql}, {@code V2__….sql}, without a gap. */
    List<String> scripts();

    /** The version of the schema that this code reads and writes. */
    default int schemaVersion() {
        return scripts().size();
    }

    /** Settings of a pool that the store opens itself, the URL's among them. */
    void configure(HikariConfig pool);

    /** How the waits of a transaction on a connection of the host's are bounded; those of an own pool are by its settings. */
    default LockWaits hostsWaits() {
        return LockWaits.AS_THEY_ARE;
    }

    /**
     * Checks that the database keeps what is committed and compares names exactly.
     *
     * @param acceptUnsafe whether to warn instead of refuse where confirmed messages could be lost
     * @throws io.lastack.error.StoreException if the database must not be used
     */
    void requireSafe(Connection connection, boolean acceptUnsafe) throws SQLException;

    /** How a commit is made to outlive the process. */
    Durability durability(Connections connections) throws SQLException;

    /** How many appends at once make it faster; at least 1. */
    int parallelAppends();

    /** What a failure means. */
    Failure failure(SQLException failure);

    /** Why the database does not open. */
    OpenProblem openProblem(SQLException failure);

    /** How the log is laid out in tables. */
    LogTables log();

    /** How cursors are moved. */
    CursorTables cursors();

    /** Lists of numbers in a statement that is prepared with {@code ?} for its parameters. */
    NumberTable numbers();

    /**
     * A table of one column, {@code k.v}, with the values bound to {@code :parameter}: to join with, which finds each value
     * by an index, where a list in a condition may be gone through for every row.
     */
    String valuesOf(String parameter);

    /** The same for numbers, where the type matters. */
    default String numbersOf(String parameter) {
        return valuesOf(parameter);
    }

    /** Binds the values of {@link #valuesOf} and {@link #numbersOf}: all strings or all longs, none twice, at least one. */
    <S extends SqlStatement<S>> S bindValues(S statement, String parameter, Set<?> values);

    /** Registers what {@link #bindValues} needs. */
    void prepare(Jdbi jdbi);
}
