package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves positions up inside a transaction. Every write is guarded with {@code seq < new}, so that a stale one writes nothing;
 * the primary key lets one of two add a position, and the other one is run again and finds it.
 */
final class PositionRows {
    /** In the column of the device, for what is no device's: the read cursor. */
    static final String READ = "";

    private static final String RAISE = "UPDATE lastack_position SET seq = ?, reached_at = ?"
            + " WHERE conv = ? AND usr = ? AND device = ? AND seq < ?";
    private static final String ADD =
            "INSERT INTO lastack_position (seq, reached_at, conv, usr, device) VALUES (?, ?, ?, ?, ?)";

    private final NumberTable numbers;
    private final String look;

    PositionRows(NumberTable numbers) {
        this.numbers = numbers;
        this.look = "SELECT p.conv, p.usr, p.device, p.seq FROM " + numbers.of("conv", "usr")
                + " JOIN lastack_position p ON p.conv = k.conv AND p.usr = k.usr";
    }

    /** A position. */
    record Key(long conversation, long user, String device) {}

    /** A position and where it is to be. */
    record Move(Key key, long seq, long at) {}

    /**
     * Raises positions.
     *
     * @param moves none twice, in the same order as others do this, so that writers wait for each other instead of
     *     dead-locking; none to 0
     * @return whether each moved
     */
    boolean[] raise(Connection connection, List<Move> moves) throws SQLException {
        Map<Key, Long> stored = stored(connection, moves);
        List<Integer> raised = new ArrayList<>();
        List<Integer> added = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            Long seq = stored.get(moves.get(i).key());
            if (seq == null) {
                added.add(i);
            } else if (seq < moves.get(i).seq()) {
                raised.add(i);
            }
        }
        boolean[] moved = new boolean[moves.size()];
        int[] counts = write(connection, RAISE, moves, raised);
        for (int i = 0; i < counts.length; i++) {
            moved[raised.get(i)] = counts[i] > 0 || counts[i] == Statement.SUCCESS_NO_INFO;
        }
        write(connection, ADD, moves, added);
        added.forEach(i -> moved[i] = true);
        return moved;
    }

    private Map<Key, Long> stored(Connection connection, List<Move> moves) throws SQLException {
        Set<List<Long>> places = new LinkedHashSet<>();
        moves.forEach(
                move -> places.add(List.of(move.key().conversation(), move.key().user())));
        Map<Key, Long> stored = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(look)) {
            numbers.bind(
                    query,
                    1,
                    places.stream()
                            .map(place -> new long[] {place.get(0), place.get(1)})
                            .toList());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    stored.put(new Key(row.getLong(1), row.getLong(2), row.getString(3)), row.getLong(4));
                }
            }
        }
        return stored;
    }

    private static int[] write(Connection connection, String sql, List<Move> moves, List<Integer> indexes)
            throws SQLException {
        if (indexes.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index : indexes) {
                Move move = moves.get(index);
                statement.setLong(1, move.seq());
                statement.setLong(2, move.at());
                statement.setLong(3, move.key().conversation());
                statement.setLong(4, move.key().user());
                statement.setString(5, move.key().device());
                if (sql.equals(RAISE)) {
                    statement.setLong(6, move.seq());
                }
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }
}
