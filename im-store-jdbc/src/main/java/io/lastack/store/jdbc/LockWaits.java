package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Bounds how long a transaction waits for a row that another one holds, on a connection that is used for other things too. */
interface LockWaits {
    /** The longest wait for one row. A transaction of the store holds a row for milliseconds. */
    int SECONDS = 2;

    /** For connections whose waits are bounded already. */
    LockWaits AS_THEY_ARE = new LockWaits() {
        @Override
        public void bound(Connection connection) {}

        @Override
        public void restore(Connection connection) {}
    };

    /** Call as the first thing in a transaction. */
    void bound(Connection connection) throws SQLException;

    /** Call when the transaction has ended. */
    void restore(Connection connection) throws SQLException;
}
