package io.lastack.store.jdbc;

import io.lastack.spi.ClientIdCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * One statement per row, each prepared once per call: in a database of the same process a statement costs no round trip,
 * and a look-up by key less than a join with a list.
 */
final class RowLogTables extends UsualLogTables {
    private static final String LOCK = "SELECT " + STATE
            + " FROM FINAL TABLE (UPDATE lastack_conversation SET last_seq = last_seq + ? WHERE id = ?) c";
    private static final String PROBE =
            "SELECT seq, sent_at FROM lastack_message WHERE conv = ? AND sender = ? AND client_id = ?";
    private static final String HEAD = "SELECT last_seq FROM lastack_conversation WHERE id = ? AND last_seq > 0";

    private static final NumberTable NUMBERS = new ArrayTable("?");

    /** Left joins are done in the order in which they are written. */
    private static final String READ_WHOLE = RangeReader.OF_LIST + NUMBERS.of(RangeReader.LIST)
            + " LEFT JOIN lastack_conversation c ON c.id = k.id"
            + " LEFT JOIN lastack_message m ON m.conv = c.id AND m.seq BETWEEN k.low AND k.high";

    @Override
    public boolean probesCheaply() {
        return false;
    }

    /** Setting the seqs aside takes the lock, and for most lists is the only time that the row is written. */
    @Override
    public Map<Long, ConversationState> lock(Connection connection, SortedMap<Long, Integer> wanted)
            throws SQLException {
        Map<Long, ConversationState> states = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            for (Map.Entry<Long, Integer> entry : wanted.entrySet()) {
                statement.setInt(1, entry.getValue());
                statement.setLong(2, entry.getKey());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        states.put(entry.getKey(), state(entry.getKey(), row, entry.getValue()));
                    }
                }
            }
        }
        return states;
    }

    @Override
    public Map<MessageKey, Place> probe(Connection connection, Collection<MessageKey> keys) throws SQLException {
        Map<MessageKey, Place> places = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(PROBE)) {
            for (MessageKey key : keys) {
                statement.setLong(1, key.conversation());
                statement.setLong(2, key.sender());
                statement.setBytes(3, ClientIdCodec.encode(key.clientMessageId()));
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        places.put(key, new Place(row.getLong(1), row.getLong(2)));
                    }
                }
            }
        }
        return places;
    }

    @Override
    public Map<Long, Long> heads(Connection connection, Collection<Long> conversations) throws SQLException {
        Map<Long, Long> heads = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(HEAD)) {
            for (Long id : conversations) {
                statement.setLong(1, id);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        heads.put(id, row.getLong(1));
                    }
                }
            }
        }
        return heads;
    }

    @Override
    List<Stretch> readSeveral(Connection connection, List<Range> ranges) throws SQLException {
        return ranges.size() > 1 && ranges.stream().allMatch(Range::isShort)
                ? RangeReader.byList(connection, READ_WHOLE, NUMBERS, ranges)
                : super.readSeveral(connection, ranges);
    }
}
