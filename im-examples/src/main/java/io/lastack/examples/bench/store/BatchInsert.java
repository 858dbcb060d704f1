package io.lastack.examples.bench.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** The insert of messages as a batch. */
final class BatchInsert {
    static final String SQL = "INSERT INTO lastack_message"
            + " (conv, seq, sender, client_id, sent_at, kind, shape, body, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private BatchInsert() {}

    /** Runs a look for repeats, which must find none. */
    static void requireNone(PreparedStatement look) throws SQLException {
        try (ResultSet rows = look.executeQuery()) {
            if (rows.next()) {
                throw new IllegalStateException("an id was drawn twice");
            }
        }
    }

    static void run(PreparedStatement insert, List<BareAppend.Row> rows) throws SQLException {
        for (BareAppend.Row row : rows) {
            insert.setLong(1, row.conversation());
            insert.setLong(2, row.seq());
            insert.setLong(3, row.sender());
            insert.setBytes(4, row.clientId());
            insert.setLong(5, row.sentAt());
            insert.setInt(6, 0);
            insert.setInt(7, 13);
            insert.setBytes(8, row.body());
            insert.setNull(9, Types.VARBINARY);
            insert.addBatch();
        }
        insert.executeBatch();
    }
}
