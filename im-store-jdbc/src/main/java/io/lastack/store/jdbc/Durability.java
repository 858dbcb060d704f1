package io.lastack.store.jdbc;

import java.sql.SQLException;

/** How a commit is made to outlive the process, where the commit alone does not. */
interface Durability {
    /** For databases whose commit is durable by itself, or that keep nothing anyway. */
    Durability BY_COMMIT = new Durability() {
        @Override
        public boolean isByCommit() {
            return true;
        }

        @Override
        public void sync() {}

        @Override
        public WriteTurn turn() {
            return () -> {};
        }
    };

    /** Whether a commit is all it takes, so that nothing can be seen before it is durable. */
    boolean isByCommit();

    /** Returns when everything committed before the call is durable. Safe for use by several threads, which share the work. */
    void sync() throws SQLException;

    /**
     * Waits until a write transaction may begin, and keeps out whatever must not come before it ends. A thread may take
     * several turns at once.
     */
    WriteTurn turn();
}
