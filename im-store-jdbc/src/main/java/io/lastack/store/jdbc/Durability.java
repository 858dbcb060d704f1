package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** How a commit is made to outlive the process, where the commit alone does not. */
interface Durability extends AutoCloseable {
    /** For databases whose commit is durable by itself, or that keep nothing anyway. */
    Durability BY_COMMIT = new Durability() {
        @Override
        public boolean isByCommit() {
            return true;
        }

        @Override
        public int opening() {
            return 0;
        }

        @Override
        public int opening(Connection connection) {
            return 0;
        }

        @Override
        public void sync(int opening) {}

        @Override
        public WriteTurn turn() {
            return () -> {};
        }

        @Override
        public void afterFailure(Throwable failure) {}

        @Override
        public void close() {}

        @Override
        public boolean hasTurn() {
            return false;
        }
    };

    /** Whether a commit is all it takes, so that nothing can be seen before it is durable. */
    boolean isByCommit();

    /**
     * The number of the latest opening that is known of. An embedded database may close itself, and what opens it again
     * finds it without what was not durable: each opening has a higher number than the one before.
     */
    int opening();

    /** The number of the opening that the connection belongs to. One whose opening is over gets any: it can do nothing. */
    int opening(Connection connection) throws SQLException;

    /**
     * Returns when everything committed before the call is durable. Safe for use by several threads, which share the work.
     *
     * @param opening the one that it was committed in; fails if another one has begun
     */
    void sync(int opening) throws SQLException;

    /**
     * Waits until a write transaction may begin, and keeps out whatever must not come before it ends. A thread may take
     * several turns at once.
     */
    WriteTurn turn();

    /** Call after every failure of the database. */
    void afterFailure(Throwable failure);

    /** Call when nothing is written any more, while there are connections. */
    @Override
    void close();

    /** Whether this thread has a turn, so that {@link #sync} could wait for ever. */
    boolean hasTurn();
}
