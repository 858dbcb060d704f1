package io.lastack.store.jdbc;

import io.lastack.cursor.AdvanceOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whole lists as JSON. An update cannot say what it moved here, so the positions are looked at first, under lock; then
 * those that move are written. Members stay locked meanwhile, so that nobody is erased in between and comes back.
 */
final class MariaDbCursorTables implements CursorTables {
    private static final NumberTable NUMBERS = new JsonTable();

    private static final String LOOK_AT_ACKS = "SELECT k.i, m.first_seq, m.last_seq, c.last_ack FROM "
            + NUMBERS.of("conv", "usr", "device")
            + " STRAIGHT_JOIN lastack_member m FORCE INDEX (PRIMARY) ON m.conv = k.conv AND m.usr = k.usr"
            + " LEFT JOIN lastack_cursor c FORCE INDEX (PRIMARY) ON c.conv = k.conv AND c.usr = k.usr AND c.device = k.device"
            + MariaDbDialect.forUpdateOf("m, c");

    private static final String RAISE_ACKS = "UPDATE " + NUMBERS.of("conv", "usr", "device", "seq", "at")
            + " STRAIGHT_JOIN lastack_cursor c FORCE INDEX (PRIMARY) ON c.conv = k.conv AND c.usr = k.usr AND c.device = k.device"
            + " SET c.last_ack = k.seq, c.acked_at = k.at WHERE c.last_ack < k.seq";

    private static final String ADD_ACKS = "INSERT INTO lastack_cursor (conv, usr, device, last_ack, acked_at)"
            + " SELECT k.conv, k.usr, k.device, k.seq, k.at FROM " + NUMBERS.of("conv", "usr", "device", "seq", "at");

    private static final String LOOK_AT_READS = "SELECT k.i, m.last_seq, m.last_read FROM "
            + NUMBERS.of("conv", "usr")
            + " STRAIGHT_JOIN lastack_member m FORCE INDEX (PRIMARY) ON m.conv = k.conv AND m.usr = k.usr"
            + MariaDbDialect.forUpdateOf("m");

    private static final String RAISE_READS = "UPDATE " + NUMBERS.of("conv", "usr", "seq", "at")
            + " STRAIGHT_JOIN lastack_member m FORCE INDEX (PRIMARY) ON m.conv = k.conv AND m.usr = k.usr"
            + " SET m.last_read = k.seq, m.read_at = k.at WHERE m.last_read < k.seq";

    @Override
    public void raiseAcks(Connection connection, List<AckMove> moves, AdvanceOutcome[] outcomes) throws SQLException {
        AckPosition[] positions = new AckPosition[moves.size()];
        try (PreparedStatement look = connection.prepareStatement(LOOK_AT_ACKS)) {
            NUMBERS.bind(look, 1, moves.stream().map(AckPosition::key).toList());
            try (ResultSet row = look.executeQuery()) {
                while (row.next()) {
                    positions[row.getInt(1) - 1] = AckPosition.read(row);
                }
            }
        }
        List<long[]> raised = new ArrayList<>();
        List<long[]> missing = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            AckMove move = moves.get(i);
            AckPosition position = positions[i];
            AdvanceOutcome outcome = position == null ? AdvanceOutcome.REFUSED : position.outcome(move.seq());
            outcomes[move.index()] = outcome;
            if (outcome == AdvanceOutcome.ADVANCED) {
                (position.stored() ? raised : missing).add(AckPosition.row(move));
            }
        }
        write(connection, RAISE_ACKS, raised);
        write(connection, ADD_ACKS, missing);
    }

    @Override
    public void raiseReads(Connection connection, List<ReadMove> moves, AdvanceOutcome[] outcomes) throws SQLException {
        AdvanceOutcome[] found = new AdvanceOutcome[moves.size()];
        Arrays.fill(found, AdvanceOutcome.REFUSED);
        try (PreparedStatement look = connection.prepareStatement(LOOK_AT_READS)) {
            NUMBERS.bind(
                    look,
                    1,
                    moves.stream()
                            .map(move -> new long[] {move.conversation(), move.user()})
                            .toList());
            try (ResultSet row = look.executeQuery()) {
                while (row.next()) {
                    int index = row.getInt(1) - 1;
                    found[index] = outcome(moves.get(index).seq(), row.getLong(2), row.getLong(3));
                }
            }
        }
        List<long[]> raised = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            ReadMove move = moves.get(i);
            outcomes[move.index()] = found[i];
            if (found[i] == AdvanceOutcome.ADVANCED) {
                raised.add(new long[] {move.conversation(), move.user(), move.seq(), move.at()});
            }
        }
        write(connection, RAISE_READS, raised);
    }

    private static AdvanceOutcome outcome(long seq, long lastSeq, long lastRead) {
        if (seq > lastSeq) {
            return AdvanceOutcome.REFUSED;
        }
        return seq > lastRead ? AdvanceOutcome.ADVANCED : AdvanceOutcome.UNCHANGED;
    }

    private static void write(Connection connection, String sql, List<long[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            NUMBERS.bind(statement, 1, rows);
            statement.executeUpdate();
        }
    }
}
