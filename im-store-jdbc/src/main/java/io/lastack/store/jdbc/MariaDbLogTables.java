package io.lastack.store.jdbc;

import io.lastack.spi.ClientIdCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;

/**
 * The usual layout with lists as JSON. STRAIGHT_JOIN holds the server to reading the list first, and so to locking in its
 * order, ascending; FORCE INDEX to finding rows by their keys, even in a small table: what it reads it locks. The inserts are a batch, which the drivers send as one.
 */
final class MariaDbLogTables extends SetLogTables {
    private static final NumberTable NUMBERS = new JsonTable();

    private static final String LOCK = "SELECT " + STATE + ", c.id FROM " + NUMBERS.of("id")
            + " STRAIGHT_JOIN lastack_conversation c FORCE INDEX (PRIMARY) ON c.id = k.id"
            + MariaDbDialect.forUpdateOf("c");

    private static final String PROBE = "SELECT k.i, m.seq, m.sent_at FROM JSON_TABLE(?, '$[*]' COLUMNS"
            + " (i FOR ORDINALITY, conv BIGINT PATH '$[0]', sender BIGINT PATH '$[1]',"
            + " client_id VARCHAR(386) CHARACTER SET ascii COLLATE ascii_bin PATH '$[2]')) k"
            + " STRAIGHT_JOIN lastack_message m FORCE INDEX (lastack_message_once)"
            + " ON m.conv = k.conv AND m.sender = k.sender AND m.client_id = UNHEX(k.client_id)";

    private static final String SAVE_SEQS = "UPDATE " + NUMBERS.of("id", "seq")
            + " STRAIGHT_JOIN lastack_conversation c FORCE INDEX (PRIMARY) ON c.id = k.id SET c.last_seq = k.seq";

    MariaDbLogTables() {
        super(NUMBERS);
    }

    @Override
    public Map<Long, ConversationState> lock(Connection connection, SortedMap<Long, Integer> wanted)
            throws SQLException {
        Map<Long, ConversationState> states = new LinkedHashMap<>();
        if (wanted.isEmpty()) {
            return states;
        }
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            NUMBERS.bind(
                    statement,
                    1,
                    wanted.keySet().stream().map(id -> new long[] {id}).toList());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long id = row.getLong(6);
                    states.put(id, state(id, row, 0));
                }
            }
        }
        return states;
    }

    @Override
    public Map<MessageKey, Place> probe(Connection connection, Collection<MessageKey> keys) throws SQLException {
        Map<MessageKey, Place> places = new HashMap<>();
        if (keys.isEmpty()) {
            return places;
        }
        List<MessageKey> asked = List.copyOf(keys);
        try (PreparedStatement statement = connection.prepareStatement(PROBE)) {
            statement.setString(1, json(asked));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    places.put(asked.get(row.getInt(1) - 1), new Place(row.getLong(2), row.getLong(3)));
                }
            }
        }
        return places;
    }

    private static String json(List<MessageKey> keys) {
        StringJoiner json = new StringJoiner(",", "[", "]");
        for (MessageKey key : keys) {
            String id = HexFormat.of().formatHex(ClientIdCodec.encode(key.clientMessageId()));
            json.add("[" + key.conversation() + "," + key.sender() + ",\"" + id + "\"]");
        }
        return json.toString();
    }

    @Override
    List<Stretch> readSeveral(Connection connection, List<Range> ranges) throws SQLException {
        return RangeReader.byUnion(connection, RangeReader.Cut.BEFORE, ranges);
    }

    @Override
    public void save(Connection connection, Collection<ConversationState> conversations) throws SQLException {
        super.save(
                connection,
                conversations.stream().filter(ConversationState::changed).toList());
        List<long[]> seqs = conversations.stream()
                .filter(state -> !state.changed())
                .map(state -> new long[] {state.id(), state.lastSeq()})
                .toList();
        if (seqs.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(SAVE_SEQS)) {
            NUMBERS.bind(statement, 1, seqs);
            statement.executeUpdate();
        }
    }
}
