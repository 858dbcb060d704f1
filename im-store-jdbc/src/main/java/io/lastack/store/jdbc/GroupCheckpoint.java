package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * H2's commits reach the disk only with {@code CHECKPOINT SYNC}. Callers that arrive while one runs share the next: it
 * starts after all their commits, so it covers them.
 *
 * <p>H2 writes one table after another, and each as it is at that moment. A transaction that goes on meanwhile would be
 * in the file by half, and after a crash stay so. Hence one write transaction or checkpoint at a time; two transactions
 * are kept apart because H2 also writes the file by itself, inside whichever of them fills its buffer.
 */
final class GroupCheckpoint implements Durability {
    private static final String CHECKPOINT = "CHECKPOINT SYNC";

    private final Connections connections;
    private final H2File file = new H2File();
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    // Checkpoints are numbered in the order of their start; at most one runs.
    private long started;
    private long succeeded;
    private boolean running;

    GroupCheckpoint(Connections connections) {
        this.connections = connections;
    }

    @Override
    public boolean isByCommit() {
        return false;
    }

    @Override
    public WriteTurn turn() {
        writing.lock();
        return writing::unlock;
    }

    @Override
    public void sync() throws SQLException {
        long mine = waitForTurn();
        if (mine == 0) {
            return;
        }
        boolean success = false;
        try {
            checkpoint();
            success = true;
        } finally {
            end(mine, success);
        }
    }

    /** Returns the number of the checkpoint that the caller has to run, or 0 once one that covers the caller succeeded. */
    private long waitForTurn() {
        lock.lock();
        try {
            long covering = started + 1;
            while (running && succeeded < covering) {
                ended.awaitUninterruptibly();
            }
            if (succeeded >= covering) {
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

    private void end(long number, boolean success) {
        lock.lock();
        try {
            running = false;
            if (success) {
                succeeded = number;
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void checkpoint() throws SQLException {
        // The connection first: those who have their turn hold theirs already.
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement();
                WriteTurn turn = turn()) {
            file.beforeCheckpoint(connection);
            statement.execute(CHECKPOINT);
            file.afterCheckpoint(connection);
        }
    }
}
