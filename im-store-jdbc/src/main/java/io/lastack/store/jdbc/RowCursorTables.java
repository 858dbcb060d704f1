package io.lastack.store.jdbc;

import io.lastack.cursor.AdvanceOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** One statement per row, in batches: in a database of the same process a statement costs no round trip. */
final class RowCursorTables implements CursorTables {
    private static final String RAISE_ACK = "UPDATE lastack_cursor SET last_ack = ?, acked_at = ?"
            + " WHERE conv = ? AND usr = ? AND device = ? AND last_ack < ? AND EXISTS ("
            + "SELECT 1 FROM lastack_member m WHERE m.conv = lastack_cursor.conv AND m.usr = lastack_cursor.usr"
            + " AND m.first_seq <= ? AND m.last_seq >= ?)";
    private static final String FIND_ACK = "SELECT m.first_seq, m.last_seq, k.last_ack FROM lastack_member m"
            + " LEFT JOIN lastack_cursor k ON k.conv = m.conv AND k.usr = m.usr AND k.device = ?"
            + " WHERE m.conv = ? AND m.usr = ?";
    private static final String ADD_ACK =
            "INSERT INTO lastack_cursor (conv, usr, device, last_ack, acked_at) VALUES (?, ?, ?, ?, ?)";
    private static final String RAISE_READ = "UPDATE lastack_member SET last_read = ?, read_at = ?"
            + " WHERE conv = ? AND usr = ? AND last_read < ? AND last_seq >= ?";
    private static final String FIND_MEMBER =
            "SELECT 1 FROM lastack_member WHERE conv = ? AND usr = ? AND last_seq >= ?";

    @Override
    public void raiseAcks(Connection connection, List<AckMove> moves, AdvanceOutcome[] outcomes) throws SQLException {
        int[] raised = raiseAckRows(connection, moves);
        try (PreparedStatement find = connection.prepareStatement(FIND_ACK);
                PreparedStatement add = connection.prepareStatement(ADD_ACK)) {
            for (int i = 0; i < raised.length; i++) {
                AckMove move = moves.get(i);
                outcomes[move.index()] = raised[i] > 0 ? AdvanceOutcome.ADVANCED : addAck(move, find, add);
            }
            add.executeBatch();
        }
    }

    private static int[] raiseAckRows(Connection connection, List<AckMove> moves) throws SQLException {
        try (PreparedStatement raise = connection.prepareStatement(RAISE_ACK)) {
            for (AckMove move : moves) {
                raise.setLong(1, move.seq());
                raise.setLong(2, move.at());
                raise.setLong(3, move.conversation());
                raise.setLong(4, move.user());
                raise.setLong(5, move.device());
                raise.setLong(6, move.seq());
                raise.setLong(7, move.seq());
                raise.setLong(8, move.seq());
                raise.addBatch();
            }
            return raise.executeBatch();
        }
    }

    private static AdvanceOutcome addAck(AckMove move, PreparedStatement find, PreparedStatement add)
            throws SQLException {
        find.setLong(1, move.device());
        find.setLong(2, move.conversation());
        find.setLong(3, move.user());
        try (ResultSet row = find.executeQuery()) {
            if (!row.next() || move.seq() > row.getLong(2)) {
                return AdvanceOutcome.REFUSED;
            }
            long firstSeq = row.getLong(1);
            row.getLong(3);
            boolean stored = !row.wasNull();
            if (stored || move.seq() < firstSeq) {
                return AdvanceOutcome.UNCHANGED;
            }
        }
        add.setLong(1, move.conversation());
        add.setLong(2, move.user());
        add.setLong(3, move.device());
        add.setLong(4, move.seq());
        add.setLong(5, move.at());
        add.addBatch();
        return AdvanceOutcome.ADVANCED;
    }

    @Override
    public void raiseReads(Connection connection, List<ReadMove> moves, AdvanceOutcome[] outcomes) throws SQLException {
        int[] raised = raiseReadRows(connection, moves);
        try (PreparedStatement find = connection.prepareStatement(FIND_MEMBER)) {
            for (int i = 0; i < raised.length; i++) {
                ReadMove move = moves.get(i);
                outcomes[move.index()] = raised[i] > 0 ? AdvanceOutcome.ADVANCED : unraised(move, find);
            }
        }
    }

    private static int[] raiseReadRows(Connection connection, List<ReadMove> moves) throws SQLException {
        try (PreparedStatement raise = connection.prepareStatement(RAISE_READ)) {
            for (ReadMove move : moves) {
                raise.setLong(1, move.seq());
                raise.setLong(2, move.at());
                raise.setLong(3, move.conversation());
                raise.setLong(4, move.user());
                raise.setLong(5, move.seq());
                raise.setLong(6, move.seq());
                raise.addBatch();
            }
            return raise.executeBatch();
        }
    }

    private static AdvanceOutcome unraised(ReadMove move, PreparedStatement find) throws SQLException {
        find.setLong(1, move.conversation());
        find.setLong(2, move.user());
        find.setLong(3, move.seq());
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? AdvanceOutcome.UNCHANGED : AdvanceOutcome.REFUSED;
        }
    }
}
