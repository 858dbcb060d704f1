package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.api.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * H2's commits reach the disk only with {@code CHECKPOINT SYNC}. Callers that arrive while one runs share the next: it
 * starts after all their commits, so it covers them.
 *
 * <p>H2 writes one table after another, and each as it is at that moment. A transaction that goes on meanwhile would be
 * in the file by half, and after a crash stay so. Hence one write transaction or checkpoint at a time; two transactions
 * are kept apart because H2 also writes the file by itself, inside whichever of them fills its buffer.
 */
final class GroupCheckpoint implements Durability {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCheckpoint.class);
    private static final String CHECKPOINT = "CHECKPOINT SYNC";
    private static final int NONE = -1;

    private final Connections connections;
    private final H2File file = new H2File();
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    // Checkpoints are numbered in the order of their start; at most one runs.
    private long started;
    private long succeeded;
    private int succeededIn;
    private boolean running;

    GroupCheckpoint(Connections connections) {
        this.connections = connections;
    }

    @Override
    public boolean isByCommit() {
        return false;
    }

    @Override
    public int opening() {
        return file.opening();
    }

    @Override
    public int opening(Connection connection) throws SQLException {
        return file.opening(connection);
    }

    @Override
    public void close() {
        try (Connection connection = connections.open()) {
            H2File.letClose(connection);
        } catch (SQLException e) {
            LOG.debug("the database broke before the store was closed", e);
        }
    }

    @Override
    public void afterFailure(Throwable failure) {
        file.afterFailure(failure);
    }

    @Override
    public WriteTurn turn() {
        writing.lock();
        return writing::unlock;
    }

    @Override
    public boolean hasTurn() {
        return writing.isHeldByCurrentThread();
    }

    @Override
    public void sync(int opening) throws SQLException {
        long mine = waitForTurn(opening);
        if (mine == 0) {
            return;
        }
        int ranIn = NONE;
        try {
            ranIn = checkpoint();
        } finally {
            end(mine, ranIn);
        }
        requireSame(opening, ranIn);
    }

    private static void requireSame(int opening, int ranIn) throws SQLException {
        if (ranIn != opening) {
            throw new SQLException(
                    "the database closed itself and was opened again: what was committed shortly before may be lost",
                    String.valueOf(ErrorCode.DATABASE_IS_CLOSED),
                    ErrorCode.DATABASE_IS_CLOSED);
        }
    }

    /** Returns the number of the checkpoint that the caller has to run, or 0 once one that covers the caller succeeded. */
    private long waitForTurn(int opening) throws SQLException {
        lock.lock();
        try {
            long covering = started + 1;
            while (running && succeeded < covering) {
                ended.awaitUninterruptibly();
            }
            if (succeeded >= covering) {
                requireSame(opening, succeededIn);
                return 0;
            }
            running = true;
            return ++started;
        } finally {
            lock.unlock();
        }
    }

    /** How many callers wait for the end of a checkpoint. */
    int waiting() {
        lock.lock();
        try {
            return lock.getWaitQueueLength(ended);
        } finally {
            lock.unlock();
        }
    }

    private void end(long number, int ranIn) {
        lock.lock();
        try {
            running = false;
            if (ranIn != NONE) {
                succeeded = number;
                succeededIn = ranIn;
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of the opening that it was made in. */
    private int checkpoint() throws SQLException {
        // The connection first: those who have their turn hold theirs already.
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement();
                WriteTurn turn = turn()) {
            int opening = file.opening(connection);
            statement.execute(CHECKPOINT);
            file.afterCheckpoint(connection);
            return opening;
        }
    }
}
