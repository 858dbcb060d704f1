package io.lastack.store.jdbc;

import io.lastack.log.Content;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what is kept of revisions beside the log: whom messages name, which entries edit them, who reacts to them. Every call
 * needs the lock of the conversation, or of the message that it is about.
 */
final class RevisionTables {
    private static final String REWRITE =
            "UPDATE lastack_message SET kind = ?, shape = ?, body = ?, extra = ? WHERE conv = ? AND seq = ?";
    private static final String LOCK_MESSAGE = "SELECT seq FROM lastack_message WHERE conv = ? AND seq = ? FOR UPDATE";
    private static final String ADD_MENTION = "INSERT INTO lastack_mention (conv, seq, usr) VALUES (?, ?, ?)";
    private static final String DELETE_MENTIONS = "DELETE FROM lastack_mention WHERE conv = ? AND seq = ?";
    private static final String ADD_EDIT = "INSERT INTO lastack_edit (conv, target, seq) VALUES (?, ?, ?)";
    private static final String EDITS = "SELECT seq FROM lastack_edit WHERE conv = ? AND target = ? FOR UPDATE";
    private static final String DELETE_EDITS = "DELETE FROM lastack_edit WHERE conv = ? AND target = ?";
    private static final String ADD_REACTION =
            "INSERT INTO lastack_reaction (conv, target, usr, emoji, seq) VALUES (?, ?, ?, ?, ?)";
    private static final String DELETE_REACTION =
            "DELETE FROM lastack_reaction WHERE conv = ? AND target = ? AND usr = ? AND emoji = ?";
    private static final String DELETE_REACTIONS = "DELETE FROM lastack_reaction WHERE conv = ? AND target = ?";
    private static final String DELETE_REACTIONS_OF =
            "DELETE FROM lastack_reaction WHERE conv = ? AND target = ? AND usr = ?";

    private final Connection connection;

    RevisionTables(Connection connection) {
        this.connection = connection;
    }

    /** Makes a message stay as it is then read, whatever older view of the table the transaction has. */
    void lock(long conversation, long seq) throws SQLException {
        longs(LOCK_MESSAGE, conversation, seq);
    }

    /** Gives a message another content. */
    void rewrite(long conversation, long seq, Content content) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REWRITE)) {
            statement.setInt(1, MessageRow.kind(content));
            statement.setInt(2, MessageRow.shape(content));
            statement.setBytes(3, content.payload().data());
            statement.setBytes(4, ExtraCodec.encode(content));
            statement.setLong(5, conversation);
            statement.setLong(6, seq);
            statement.executeUpdate();
        }
    }

    void addMentions(List<Mention> mentions) throws SQLException {
        if (mentions.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD_MENTION)) {
            for (Mention mention : mentions) {
                bind(statement, mention.conversation(), mention.seq(), mention.user());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void deleteMentions(long conversation, long seq) throws SQLException {
        update(DELETE_MENTIONS, conversation, seq);
    }

    void addEdit(long conversation, long target, long seq) throws SQLException {
        update(ADD_EDIT, conversation, target, seq);
    }

    /** The entries that edit a message, which are no longer told as such. */
    List<Long> takeEdits(long conversation, long target) throws SQLException {
        List<Long> edits = longs(EDITS, conversation, target);
        if (!edits.isEmpty()) {
            update(DELETE_EDITS, conversation, target);
        }
        return edits;
    }

    void addReaction(long conversation, long target, long user, byte[] emoji, long seq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD_REACTION)) {
            bind(statement, conversation, target, user);
            statement.setBytes(4, emoji);
            statement.setLong(5, seq);
            statement.executeUpdate();
        }
    }

    void deleteReaction(long conversation, long target, long user, byte[] emoji) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE_REACTION)) {
            bind(statement, conversation, target, user);
            statement.setBytes(4, emoji);
            statement.executeUpdate();
        }
    }

    void deleteReactions(long conversation, long target) throws SQLException {
        update(DELETE_REACTIONS, conversation, target);
    }

    void deleteReactionsOf(long user, long conversation, long target) throws SQLException {
        update(DELETE_REACTIONS_OF, conversation, target, user);
    }

    private void update(String sql, long... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            statement.executeUpdate();
        }
    }

    private List<Long> longs(String sql, long... parameters) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
        }
        return found;
    }

    private static void bind(PreparedStatement statement, long... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setLong(i + 1, parameters[i]);
        }
    }

    /** That a message names a user. */
    record Mention(long conversation, long seq, long user) {}
}
