package io.lastack.store.jdbc;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Draft;
import io.lastack.spi.HostAppend;
import io.lastack.store.jdbc.Unsynced.HostsOwn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Appends in transactions that the host began and will end. Each append is all or nothing by itself, by a savepoint: one
 * that fails leaves the transaction as it was.
 */
final class HostTransactions {
    private static final String EPOCH = "SELECT val FROM lastack_meta WHERE name = 'epoch'";

    private final Database database;
    private final LogTables tables;
    private final Function<List<Draft>, ResolvedDrafts> numbers;
    private final Epoch epoch;

    /** @param numbers gives numbers to names, in transactions of its own: what a rollback leaves of them is not seen */
    HostTransactions(Database database, LogTables tables, Function<List<Draft>, ResolvedDrafts> numbers, Epoch epoch) {
        this.database = database;
        this.tables = tables;
        this.numbers = numbers;
        this.epoch = epoch;
    }

    HostAppend append(Connection connection, List<Draft> drafts, long sentAt) {
        return database.inside(() -> {
            requireOpenTransaction(connection);
            ResolvedDrafts resolved = numbers.apply(drafts);
            List<AppendOutcome> outcomes = appendOrUndo(connection, resolved, sentAt);
            HostsOwn unsynced = database.syncsAfterCommit()
                    ? database.unsynced()
                            .beginHosts(
                                    database.opening(), resolved.conversations().keySet())
                    : null;
            return new JdbcHostAppend(database, tables, numbers, drafts, outcomes, unsynced);
        });
    }

    private void requireOpenTransaction(Connection connection) {
        String found;
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalArgumentException("the connection commits every statement by itself; an append in the"
                        + " host's transaction needs one that does not: call setAutoCommit(false) first");
            }
            database.requireSameOpening(connection);
            found = epochOf(connection);
        } catch (SQLException e) {
            throw database.failed(
                    "append in the host's transaction (its database has to be this store's)", e, Effect.NOT_APPLIED);
        }
        if (!epoch.isOfThisData(found)) {
            throw new IllegalArgumentException("the connection leads to another database than this store's: the epoch"
                    + " there is " + found + ", here it is " + epoch.value());
        }
    }

    private static @Nullable String epochOf(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EPOCH);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private List<AppendOutcome> appendOrUndo(Connection connection, ResolvedDrafts resolved, long sentAt) {
        try (WriteTurn turn = database.turn()) {
            Savepoint before = connection.setSavepoint();
            try {
                // A repeat must be seen before it fails: here nobody can try again.
                List<AppendOutcome> outcomes = new AppendTransaction(connection, tables, resolved, sentAt).run(true);
                connection.releaseSavepoint(before);
                return outcomes;
            } catch (SQLException | RuntimeException e) {
                undo(connection, before, e);
                throw e;
            }
        } catch (SQLException e) {
            throw database.failed("append in the host's transaction", e, Effect.NOT_APPLIED);
        }
    }

    private void undo(Connection connection, Savepoint before, Exception because) {
        try {
            connection.rollback(before);
        } catch (SQLException e) {
            because.addSuppressed(e);
            throw endedByDatabase(connection, because);
        }
    }

    /**
     * The database has ended the transaction, to break a dead lock: what the host might still write and commit after that
     * would be half of it.
     */
    private StoreException endedByDatabase(Connection connection, Exception because) {
        try {
            connection.rollback();
            return database.failed(
                    "append in the host's transaction, all of which is rolled back", because, Effect.NOT_APPLIED);
        } catch (SQLException e) {
            because.addSuppressed(e);
            return database.failed(
                    "append in the host's transaction, which cannot go on: roll it back", because, Effect.UNKNOWN);
        }
    }
}
