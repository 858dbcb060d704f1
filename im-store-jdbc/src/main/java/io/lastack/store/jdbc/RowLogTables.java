package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The usual layout: a row per message under (conversation, seq). One statement per row, each prepared once per call: in a
 * database of the same process a statement costs no round trip, and a look-up by key less than a join with a list.
 */
final class RowLogTables implements LogTables {
    private static final String LOCK = "UPDATE lastack_conversation SET last_seq = last_seq + ? WHERE id = ?";
    private static final String LOCKED =
            "SELECT last_seq, title, history, members, dissolved FROM lastack_conversation WHERE id = ?";
    private static final String PROBE =
            "SELECT seq, sent_at FROM lastack_message WHERE conv = ? AND sender = ? AND client_id = ?";
    private static final String INSERT = "INSERT INTO lastack_message"
            + " (conv, seq, sender, client_id, sent_at, kind, shape, body, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String SAVE = "UPDATE lastack_conversation"
            + " SET last_seq = ?, title = ?, history = ?, members = ?, dissolved = ? WHERE id = ?";
    private static final String HEAD =
            "SELECT last_seq, trimmed_through FROM lastack_conversation WHERE id = ? AND last_seq > 0";
    private static final String READ = "SELECT seq, sender, client_id, sent_at, kind, shape, body, extra"
            + " FROM lastack_message WHERE conv = ? AND seq BETWEEN ? AND ? ORDER BY conv, seq LIMIT ?";

    @Override
    public boolean probesCheaply() {
        return false;
    }

    /** Setting the seqs aside takes the lock, and for most lists is the only time that the row is written. */
    @Override
    public Map<Long, ConversationState> lock(Connection connection, SortedMap<Long, Integer> wanted)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            for (Map.Entry<Long, Integer> entry : wanted.entrySet()) {
                statement.setInt(1, entry.getValue());
                statement.setLong(2, entry.getKey());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        Map<Long, ConversationState> states = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCKED)) {
            for (Map.Entry<Long, Integer> entry : wanted.entrySet()) {
                statement.setLong(1, entry.getKey());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        states.put(entry.getKey(), state(entry.getKey(), entry.getValue(), row));
                    }
                }
            }
        }
        return states;
    }

    private static ConversationState state(long id, int reserved, ResultSet row) throws SQLException {
        return new ConversationState(
                id,
                row.getLong(1) - reserved,
                reserved,
                row.getString(2),
                Codes.history(row.getInt(3)),
                row.getInt(4),
                row.getBoolean(5));
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
    public void insert(Connection connection, List<NewMessage> messages) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (NewMessage message : messages) {
                MessageRow.bind(statement, message);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public void save(Connection connection, Collection<ConversationState> conversations) throws SQLException {
        if (conversations.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
            for (ConversationState state : conversations) {
                statement.setLong(1, state.lastSeq());
                statement.setString(2, state.title());
                statement.setInt(3, Codes.history(state.history()));
                statement.setInt(4, state.members());
                statement.setBoolean(5, state.dissolved());
                statement.setLong(6, state.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public Map<Long, Head> heads(Connection connection, Collection<Long> conversations) throws SQLException {
        Map<Long, Head> heads = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(HEAD)) {
            for (Long id : conversations) {
                statement.setLong(1, id);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        heads.put(id, new Head(row.getLong(1), row.getLong(2)));
                    }
                }
            }
        }
        return heads;
    }

    @Override
    public List<StoredMessage> read(Connection connection, long conversation, long first, long last, int limit)
            throws SQLException {
        List<StoredMessage> messages = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setLong(1, conversation);
            statement.setLong(2, first);
            statement.setLong(3, last);
            statement.setInt(4, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    messages.add(MessageRow.read(rows));
                }
            }
        }
        return messages;
    }
}
