package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.spi.LogExtent;
import io.lastack.spi.LogRetention;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deletes the beginnings of logs. */
final class JdbcRetention implements LogRetention {
    // A kind is a range of names: those that begin with its prefix lie between "kind:" and "kind;".
    private static final String EXTENTS = """
            SELECT c.name, c.trimmed_through, c.last_seq, m.sent_at
            FROM lastack_conversation c
            LEFT JOIN lastack_message m ON m.conv = c.id AND m.seq = c.trimmed_through + 1
            WHERE c.name > :after AND c.name < :end AND c.last_seq > 0 ORDER BY c.name LIMIT :limit""";

    private final Database database;
    private final NumberedNames conversations;

    JdbcRetention(Database database, NumberedNames conversations) {
        this.database = database;
        this.conversations = conversations;
    }

    @Override
    public List<LogExtent> extents(ConversationId.Kind kind, @Nullable ConversationId after, int limit) {
        Arguments.atLeastOne("limit", limit);
        String prefix = kind.name().toLowerCase(Locale.ROOT);
        String first = prefix + ':';
        return database.read(
                "read how far logs reach",
                handle -> handle.createQuery(EXTENTS)
                        .bind("after", after == null || after.value().compareTo(first) < 0 ? first : after.value())
                        .bind("end", prefix + ';')
                        .bind("limit", limit)
                        .map((row, context) -> extent(row))
                        .list());
    }

    private static LogExtent extent(ResultSet row) throws SQLException {
        long sentAt = row.getLong(4);
        long oldestSentAt = row.wasNull() ? Long.MAX_VALUE : sentAt;
        return new LogExtent(ConversationId.parse(row.getString(1)), row.getLong(2), row.getLong(3), oldestSentAt);
    }

    @Override
    public long trim(ConversationId conversation, long through, long sentBefore, int atMost) {
        Arguments.atLeastOne("atMost", atMost);
        if (through < 0) {
            throw new IllegalArgumentException("through " + through + " is not allowed; 0 or more is");
        }
        return database.inside(() -> trimNow(conversation, through, sentBefore, atMost));
    }

    private long trimNow(ConversationId conversation, long through, long sentBefore, int atMost) {
        Long number = conversations.find(Set.of(conversation.value())).get(conversation.value());
        return number == null
                ? 0
                : database.write(
                        "delete old messages",
                        handle -> new Trim(handle.getConnection(), number).run(through, sentBefore, atMost));
    }

    /** One deletion inside its transaction, under the lock of the conversation. */
    static final class Trim {
        private static final String LOCK =
                "SELECT trimmed_through, last_seq FROM lastack_conversation WHERE id = ? FOR UPDATE";
        private static final String OLDEST = "SELECT seq, sent_at FROM lastack_message"
                + " WHERE conv = ? AND seq BETWEEN ? AND ? ORDER BY conv, seq LIMIT ?";
        private static final List<String> DELETES = List.of(
                "DELETE FROM lastack_message WHERE conv = ? AND seq BETWEEN ? AND ?",
                "DELETE FROM lastack_mention WHERE conv = ? AND seq BETWEEN ? AND ?",
                "DELETE FROM lastack_edit WHERE conv = ? AND target BETWEEN ? AND ?",
                "DELETE FROM lastack_reaction WHERE conv = ? AND target BETWEEN ? AND ?");
        private static final String SAVE = "UPDATE lastack_conversation SET trimmed_through = ? WHERE id = ?";

        private final Connection connection;
        private final long conversation;

        Trim(Connection connection, long conversation) {
            this.connection = connection;
            this.conversation = conversation;
        }

        /** Returns up to which seq messages are gone now. */
        long run(long through, long sentBefore, int atMost) throws SQLException {
            long gone;
            long head;
            try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
                lock.setLong(1, conversation);
                try (ResultSet row = lock.executeQuery()) {
                    if (!row.next()) {
                        return 0;
                    }
                    gone = row.getLong(1);
                    head = row.getLong(2);
                }
            }
            long last = lastToDelete(gone, Math.min(through, head), sentBefore, atMost);
            if (last > gone) {
                delete(gone + 1, last);
            }
            return last;
        }

        private long lastToDelete(long gone, long through, long sentBefore, int atMost) throws SQLException {
            long last = gone;
            try (PreparedStatement oldest = connection.prepareStatement(OLDEST)) {
                oldest.setLong(1, conversation);
                oldest.setLong(2, gone + 1);
                oldest.setLong(3, through);
                oldest.setInt(4, atMost);
                try (ResultSet rows = oldest.executeQuery()) {
                    while (rows.next() && rows.getLong(2) < sentBefore) {
                        last = rows.getLong(1);
                    }
                }
            }
            return last;
        }

        private void delete(long first, long last) throws SQLException {
            for (String table : DELETES) {
                try (PreparedStatement delete = connection.prepareStatement(table)) {
                    delete.setLong(1, conversation);
                    delete.setLong(2, first);
                    delete.setLong(3, last);
                    delete.executeUpdate();
                }
            }
            try (PreparedStatement save = connection.prepareStatement(SAVE)) {
                save.setLong(1, last);
                save.setLong(2, conversation);
                save.executeUpdate();
            }
        }
    }
}
