package io.lastack.store.jdbc;

import io.lastack.spi.StoredCodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The usual layout, a row per message under (conversation, seq), with the statements that every database takes. */
abstract class UsualLogTables implements LogTables {
    /** The columns of the conversation {@code c} that {@link #state} reads. */
    static final String STATE = "c.last_seq, c.title, c.history, c.members, c.dissolved";

    private static final String INSERT = "INSERT INTO lastack_message"
            + " (conv, seq, sender, client_id, sent_at, kind, shape, body, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String SAVE = "UPDATE lastack_conversation"
            + " SET last_seq = ?, title = ?, history = ?, members = ?, dissolved = ? WHERE id = ?";
    private static final String FIND =
            "SELECT " + MessageRow.COLUMNS + " FROM lastack_message m WHERE m.conv = ? AND m.seq = ?";

    /**
     * @param row begins with {@link #STATE}
     * @param reserved how many seqs the row has set aside
     */
    static ConversationState state(long id, ResultSet row, int reserved) throws SQLException {
        return new ConversationState(
                id,
                row.getLong(1) - reserved,
                reserved,
                row.getString(2),
                StoredCodes.history(row.getInt(3)),
                row.getInt(4),
                row.getBoolean(5));
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
                statement.setInt(3, StoredCodes.history(state.history()));
                statement.setInt(4, state.members());
                statement.setBoolean(5, state.dissolved());
                statement.setLong(6, state.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public @Nullable StoredMessage find(Connection connection, long conversation, long seq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setLong(1, conversation);
            statement.setLong(2, seq);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? MessageRow.read(row) : null;
            }
        }
    }

    @Override
    public List<Stretch> read(Connection connection, List<Range> ranges) throws SQLException {
        return ranges.size() == 1 && ranges.get(0).isShort()
                ? List.of(RangeReader.one(connection, ranges.get(0)))
                : readSeveral(connection, ranges);
    }

    /** Several ranges, or one that is not short. */
    List<Stretch> readSeveral(Connection connection, List<Range> ranges) throws SQLException {
        return RangeReader.byUnion(connection, RangeReader.Cut.INSIDE, ranges);
    }
}
