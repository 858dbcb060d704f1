package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.h2.command.dml.SetTypes;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.engine.Setting;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of an H2 database that this process has open: what no SQL says about how its room is used again.
 *
 * <p>H2 appends chunks of changed pages and reuses the room of those that nothing refers to any more. When it opens a file
 * that was not closed, it looks for the newest chunk from the one that the file's header names onwards, each naming the
 * place of the next. The header is up to 20 chunks behind. A chunk on that way may be unused already, and by default H2
 * overwrites it before the header names a later one: a process that dies in between opens with an older state, and says
 * nothing. Keeping more versions than the header can be behind makes that impossible.
 */
final class H2File {
    /** More than the 21 versions by which the header may be behind, and the one being written. */
    private static final int VERSIONS_KEPT = 32;

    /** H2 does this in the background, every so often; there it could meet a transaction halfway. */
    private static final int CHECKPOINTS_BETWEEN_TIDYING = 500;

    private static final int FILL_PERCENT = 80;
    private static final int BYTES_MOVED_AT_ONCE = 4 << 20;
    private static final int STAY_OPEN = -1;

    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    private int checkpoints;
    private volatile int opening;
    private @Nullable MVStore open;
    private @Nullable Database openDatabase;

    /** Whether the database is open in this process, and not reached through a server. */
    static boolean isHere(Connection connection) throws SQLException {
        return connection.isWrapperFor(JdbcConnection.class)
                && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal;
    }

    /** The number of the latest opening of the file that a connection was seen of. */
    int opening() {
        return opening;
    }

    /**
     * The number of the opening of the file that a connection belongs to: a database that closed itself, as on a full disk,
     * is another one when it is open again. Call with every connection before it is used: from then on the database keeps
     * the old versions, and stays open without connections too, so that another opening tells of something gone wrong. A
     * connection of a database that is closed gets the latest number: no statement succeeds on it.
     */
    synchronized int opening(Connection connection) throws SQLException {
        Database database = database(connection);
        database.setCloseDelay(STAY_OPEN);
        MVStore store = database.getStore().getMvStore();
        if (store != open && !store.isClosed()) {
            store.setVersionsToKeep(Math.max(store.getVersionsToKeep(), VERSIONS_KEPT));
            open = store;
            openDatabase = database;
            opening++;
        }
        return opening;
    }

    /** Call after every checkpoint, with no transaction under way: now and then moves what is left of sparse chunks together. */
    void afterCheckpoint(Connection connection) throws SQLException {
        checkpoints++;
        if (checkpoints % CHECKPOINTS_BETWEEN_TIDYING == 0) {
            try {
                database(connection).getStore().getMvStore().compact(FILL_PERCENT, BYTES_MOVED_AT_ONCE);
            } catch (MVStoreException e) {
                // What was checkpointed is safe; whatever is wrong with the file, the next transaction hears of it.
                LOG.warn("The H2 file could not be tidied up: {}", e.getMessage());
            }
        }
    }

    /**
     * Call after every failure. H2 knows databases by their names: whoever uses a connection of one that closed itself makes
     * it forget the one that was opened in its place, whose file is then said to be in use. So all connections of the old
     * one are closed first; and where it has happened, those of the new one, which nobody can reach.
     */
    synchronized void afterFailure(Throwable failure) {
        Database gone = openDatabase;
        if (gone == null || open == null || !(open.isClosed() || isInUse(failure))) {
            return;
        }
        openDatabase = null;
        for (SessionLocal session : gone.getSessions(false)) {
            try {
                session.close();
            } catch (RuntimeException e) {
                LOG.debug("a session ended with its database", e);
            }
        }
        if (!gone.isClosing()) {
            gone.shutdownImmediately();
        }
    }

    private static boolean isInUse(@Nullable Throwable failure) {
        return failure != null
                && ((failure instanceof SQLException e && e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1)
                        || isInUse(failure.getCause()));
    }

    /** Lets the database close with its last connection again, if it is set to do so. */
    static void letClose(Connection connection) throws SQLException {
        Database database = database(connection);
        Setting set = database.findSetting(SetTypes.getTypeName(SetTypes.DB_CLOSE_DELAY));
        database.setCloseDelay(set == null ? 0 : set.getIntValue());
    }

    private static Database database(Connection connection) throws SQLException {
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            return session.getDatabase();
        }
        throw new SQLException("the H2 database is not open in this process");
    }
}
