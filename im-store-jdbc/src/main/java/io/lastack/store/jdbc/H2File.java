package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
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
    /** More than the 20 chunks by which the header may be behind, and the one being written. */
    private static final int VERSIONS_KEPT = 32;

    /** H2 does this in the background, every so often; there it could meet a transaction halfway. */
    private static final int CHECKPOINTS_BETWEEN_TIDYING = 500;

    private static final int FILL_PERCENT = 80;
    private static final int BYTES_MOVED_AT_ONCE = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    private int checkpoints;

    /** Whether the database is open in this process, and not reached through a server. */
    static boolean isHere(Connection connection) throws SQLException {
        return connection.isWrapperFor(JdbcConnection.class)
                && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal;
    }

    /** Call before every checkpoint: a database that closed itself, as on a full disk, is another one when it is open again. */
    void beforeCheckpoint(Connection connection) throws SQLException {
        MVStore store = store(connection);
        store.setVersionsToKeep(Math.max(store.getVersionsToKeep(), VERSIONS_KEPT));
    }

    /** Call after every checkpoint, with no transaction under way: now and then moves what is left of sparse chunks together. */
    void afterCheckpoint(Connection connection) throws SQLException {
        checkpoints++;
        if (checkpoints % CHECKPOINTS_BETWEEN_TIDYING == 0) {
            try {
                store(connection).compact(FILL_PERCENT, BYTES_MOVED_AT_ONCE);
            } catch (MVStoreException e) {
                // What was checkpointed is safe; whatever is wrong with the file, the next transaction hears of it.
                LOG.warn("The H2 file could not be tidied up: {}", e.getMessage());
            }
        }
    }

    private static MVStore store(Connection connection) throws SQLException {
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            return session.getDatabase().getStore().getMvStore();
        }
        throw new SQLException("the H2 database is not open in this process");
    }
}
