package io.lastack.store.jdbc;

import io.lastack.cursor.AdvanceOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Whole lists with arrays: usually one statement, which says what it moved. */
final class PostgreSqlCursorTables implements CursorTables {
    private static final NumberTable NUMBERS = new ArrayTable("?::bigint[]");

    private static final String RAISE_ACKS =
            "WITH locked AS MATERIALIZED (SELECT c.conv, c.usr, c.device, k.seq, k.at, k.i FROM "
                    + NUMBERS.of("conv", "usr", "device", "seq", "at")
                    + " JOIN lastack_cursor c ON c.conv = k.conv AND c.usr = k.usr AND c.device = k.device AND c.last_ack < k.seq"
                    + " JOIN lastack_member m ON m.conv = k.conv AND m.usr = k.usr"
                    + " AND m.first_seq <= k.seq AND m.last_seq >= k.seq ORDER BY k.i FOR NO KEY UPDATE OF c)"
                    + " UPDATE lastack_cursor c SET last_ack = l.seq, acked_at = l.at FROM locked l"
                    + " WHERE c.conv = l.conv AND c.usr = l.usr AND c.device = l.device RETURNING l.i";

    private static final String LOOK_AT_ACKS = "SELECT k.i, m.first_seq, m.last_seq, c.last_ack FROM "
            + NUMBERS.of("conv", "usr", "device")
            + " JOIN lastack_member m ON m.conv = k.conv AND m.usr = k.usr"
            + " LEFT JOIN lastack_cursor c ON c.conv = k.conv AND c.usr = k.usr AND c.device = k.device";

    /** Only while the member is there, who otherwise would come back by this. */
    private static final String ADD_ACKS = "INSERT INTO lastack_cursor (conv, usr, device, last_ack, acked_at)"
            + " SELECT k.conv, k.usr, k.device, k.seq, k.at FROM " + NUMBERS.of("conv", "usr", "device", "seq", "at")
            + " JOIN lastack_member m ON m.conv = k.conv AND m.usr = k.usr ORDER BY k.i FOR KEY SHARE OF m";

    private static final String RAISE_READS =
            "WITH locked AS MATERIALIZED (SELECT m.conv, m.usr, k.seq, k.at, k.i FROM "
                    + NUMBERS.of("conv", "usr", "seq", "at")
                    + " JOIN lastack_member m ON m.conv = k.conv AND m.usr = k.usr"
                    + " AND m.last_read < k.seq AND m.last_seq >= k.seq ORDER BY k.i FOR NO KEY UPDATE OF m)"
                    + " UPDATE lastack_member m SET last_read = l.seq, read_at = l.at FROM locked l"
                    + " WHERE m.conv = l.conv AND m.usr = l.usr RETURNING l.i";

    private static final String LOOK_AT_READS = "SELECT k.i FROM " + NUMBERS.of("conv", "usr", "seq")
            + " JOIN lastack_member m ON m.conv = k.conv AND m.usr = k.usr AND m.last_seq >= k.seq";

    @Override
    public void raiseAcks(Connection connection, List<AckMove> moves, AdvanceOutcome[] outcomes) throws SQLException {
        List<AckMove> rest = notIn(indexes(connection, RAISE_ACKS, rows(moves)), moves);
        moves.forEach(move -> outcomes[move.index()] = AdvanceOutcome.ADVANCED);
        if (rest.isEmpty()) {
            return;
        }
        rest.forEach(move -> outcomes[move.index()] = AdvanceOutcome.REFUSED);
        List<AckMove> missing = new ArrayList<>();
        try (PreparedStatement look = connection.prepareStatement(LOOK_AT_ACKS)) {
            NUMBERS.bind(look, 1, rest.stream().map(AckPosition::key).toList());
            try (ResultSet row = look.executeQuery()) {
                while (row.next()) {
                    AckMove move = rest.get(row.getInt(1) - 1);
                    AckPosition position = AckPosition.read(row);
                    outcomes[move.index()] = position.outcome(move.seq());
                    if (position.isToBeAdded(move.seq())) {
                        missing.add(move);
                    }
                }
            }
        }
        add(connection, missing);
    }

    private static void add(Connection connection, List<AckMove> missing) throws SQLException {
        if (missing.isEmpty()) {
            return;
        }
        try (PreparedStatement add = connection.prepareStatement(ADD_ACKS)) {
            NUMBERS.bind(add, 1, rows(missing));
            if (add.executeUpdate() < missing.size()) {
                throw AckPosition.memberVanished();
            }
        }
    }

    @Override
    public void raiseReads(Connection connection, List<ReadMove> moves, AdvanceOutcome[] outcomes) throws SQLException {
        List<long[]> rows = moves.stream()
                .map(move -> new long[] {move.conversation(), move.user(), move.seq(), move.at()})
                .toList();
        List<ReadMove> rest = notIn(indexes(connection, RAISE_READS, rows), moves);
        moves.forEach(move -> outcomes[move.index()] = AdvanceOutcome.ADVANCED);
        if (rest.isEmpty()) {
            return;
        }
        BitSet members = indexes(
                connection,
                LOOK_AT_READS,
                rest.stream()
                        .map(move -> new long[] {move.conversation(), move.user(), move.seq()})
                        .toList());
        for (int i = 0; i < rest.size(); i++) {
            outcomes[rest.get(i).index()] = members.get(i) ? AdvanceOutcome.UNCHANGED : AdvanceOutcome.REFUSED;
        }
    }

    private static BitSet indexes(Connection connection, String sql, List<long[]> rows) throws SQLException {
        BitSet indexes = new BitSet(rows.size());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            NUMBERS.bind(statement, 1, rows);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    indexes.set(row.getInt(1) - 1);
                }
            }
        }
        return indexes;
    }

    private static <M> List<M> notIn(BitSet indexes, List<M> moves) {
        List<M> rest = new ArrayList<>();
        for (int i = indexes.nextClearBit(0); i < moves.size(); i = indexes.nextClearBit(i + 1)) {
            rest.add(moves.get(i));
        }
        return rest;
    }

    private static List<long[]> rows(List<AckMove> moves) {
        return moves.stream().map(AckPosition::row).toList();
    }
}
