package io.lastack.store.jdbc;

import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads the current reactions to messages of one conversation. */
final class ReactionReader {
    private static final String READ = "SELECT target, usr, emoji, seq FROM lastack_reaction"
            + " WHERE conv = ? AND target BETWEEN ? AND ? ORDER BY target, seq LIMIT ?";

    private final Handle handle;
    private final NumberedNames users;

    ReactionReader(Handle handle, NumberedNames users) {
        this.handle = handle;
        this.users = users;
    }

    List<Reaction> read(long conversation, SeqRange targets, int limit) throws SQLException {
        List<Row> rows = rows(conversation, targets, limit);
        Map<Long, String> names =
                users.names(handle, rows.stream().map(Row::user).collect(Collectors.toSet()));
        List<Reaction> reactions = new ArrayList<>(rows.size());
        for (Row row : rows) {
            String user = names.get(row.user());
            if (user == null) {
                throw new IllegalStateException("user number " + row.user()
                        + ", who reacts to a message, has no name: the tables were changed from outside");
            }
            reactions.add(new Reaction(row.target(), UserId.of(user), row.emoji(), row.seq()));
        }
        return reactions;
    }

    private List<Row> rows(long conversation, SeqRange targets, int limit) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = handle.getConnection().prepareStatement(READ)) {
            statement.setLong(1, conversation);
            statement.setLong(2, targets.first());
            statement.setLong(3, targets.last());
            statement.setInt(4, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String emoji = new String(rows.getBytes(3), StandardCharsets.UTF_8);
                    found.add(new Row(rows.getLong(1), rows.getLong(2), emoji, rows.getLong(4)));
                }
            }
        }
        return found;
    }

    private record Row(long target, long user, String emoji, long seq) {}
}
