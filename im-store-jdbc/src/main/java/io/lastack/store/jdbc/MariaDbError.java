package io.lastack.store.jdbc;

import java.sql.SQLException;

/** Error numbers of MariaDB and MySQL, which tell more than their SQL states. */
final class MariaDbError {
    static final int DUPLICATE_ENTRY = 1062;
    static final int LOCK_WAIT = 1205;

    private MariaDbError() {}

    static Failure failure(SQLException e) {
        return switch (e.getErrorCode()) {
            case DUPLICATE_ENTRY -> Failure.DUPLICATE;
            case LOCK_WAIT -> Failure.LOCKED;
            // Deadlock; the record has changed since it was last read.
            case 1213, 1020 -> Failure.CONFLICT;
            // Options, transactions and volumes that are read-only, for now.
            case 1290, 1792, 1836 -> Failure.UNAVAILABLE;
            // Files that cannot be written, a full disk, a full table, an error of the storage engine.
            case 3, 1021, 1026, 1030, 1114 -> Failure.UNAVAILABLE;
            // Too many connections; the server goes down, or ended the connection or the query.
            case 1040, 1053, 1077, 1080, 1203, 1226, 1317, 1927, 1969, 3024 -> Failure.UNAVAILABLE;
            default -> ErrorCodes.isPermanent(e) ? Failure.PERMANENT : Failure.UNAVAILABLE;
        };
    }
}
