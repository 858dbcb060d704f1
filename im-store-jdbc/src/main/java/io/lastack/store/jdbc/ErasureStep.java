package io.lastack.store.jdbc;

import io.lastack.log.Content;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of an erasure inside its transaction: in a stretch of conversations, the user's membership and positions go, and
 * some of its messages are blanked. Rows of conversations are locked in ascending order, before any other.
 */
final class ErasureStep {
    private static final String MEMBERSHIPS =
            "SELECT conv, last_seq FROM lastack_member" + " WHERE usr = ? AND conv BETWEEN ? AND ? ORDER BY conv";
    private static final String ONE_MEMBER_LESS = "UPDATE lastack_conversation SET members = members - 1 WHERE id = ?";
    private static final String DELETE_MEMBERSHIPS =
            "DELETE FROM lastack_member WHERE usr = ? AND conv BETWEEN ? AND ?";
    // Not by membership: a position that was on its way when the membership went may have come after it.
    private static final String DELETE_CURSORS = "DELETE FROM lastack_cursor WHERE usr = ? AND conv BETWEEN ? AND ?";
    private static final String MESSAGES = "SELECT seq, kind, shape, extra FROM lastack_message"
            + " WHERE conv = ? AND sender = ? AND seq > ? AND kind <> ? ORDER BY seq LIMIT ?";
    private static final String BLANK =
            "UPDATE lastack_message SET shape = ?, body = ?, extra = ? WHERE conv = ? AND seq = ?";

    private final Connection connection;
    private final long user;

    ErasureStep(Connection connection, long user) {
        this.connection = connection;
        this.user = user;
    }

    /** Returns how far it came; empty if that was the end. */
    Optional<LogPlace> run(LogPlace from, int limit) throws SQLException {
        boolean within = from.seq() < Long.MAX_VALUE;
        SenderWalk.Stretch stretch =
                new SenderWalk(connection, user).from(within ? from.conversation() : from.conversation() + 1);
        leave(stretch.first(), stretch.last());
        int left = limit;
        for (Long conversation : stretch.conversations()) {
            long above = within && conversation == from.conversation() ? from.seq() : 0;
            List<Blank> blanks = blanks(conversation, above, left);
            write(conversation, blanks);
            left -= blanks.size();
            if (left == 0) {
                return Optional.of(
                        new LogPlace(conversation, blanks.get(blanks.size() - 1).seq()));
            }
        }
        return stretch.isLast() ? Optional.empty() : Optional.of(new LogPlace(stretch.last(), Long.MAX_VALUE));
    }

    private void leave(long first, long last) throws SQLException {
        List<Long> current = new ArrayList<>();
        try (PreparedStatement memberships = bound(MEMBERSHIPS, first, last);
                ResultSet rows = memberships.executeQuery()) {
            while (rows.next()) {
                if (rows.getLong(2) == Long.MAX_VALUE) {
                    current.add(rows.getLong(1));
                }
            }
        }
        try (PreparedStatement less = connection.prepareStatement(ONE_MEMBER_LESS)) {
            for (Long conversation : current) {
                less.setLong(1, conversation);
                less.addBatch();
            }
            less.executeBatch();
        }
        for (String delete : List.of(DELETE_MEMBERSHIPS, DELETE_CURSORS)) {
            try (PreparedStatement statement = bound(delete, first, last)) {
                statement.executeUpdate();
            }
        }
    }

    private PreparedStatement bound(String sql, long first, long last) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setLong(1, user);
        statement.setLong(2, first);
        statement.setLong(3, last);
        return statement;
    }

    private List<Blank> blanks(long conversation, long above, int limit) throws SQLException {
        List<Blank> blanks = new ArrayList<>();
        try (PreparedStatement messages = connection.prepareStatement(MESSAGES)) {
            messages.setLong(1, conversation);
            messages.setLong(2, user);
            messages.setLong(3, above);
            messages.setInt(4, Codes.kind(Content.MEMBERSHIP));
            messages.setInt(5, limit);
            try (ResultSet rows = messages.executeQuery()) {
                while (rows.next()) {
                    blanks.add(new Blank(
                            rows.getLong(1),
                            MessageRow.withoutBody(rows.getInt(2), rows.getInt(3), rows.getBytes(4))
                                    .erased()));
                }
            }
        }
        return blanks;
    }

    private void write(long conversation, List<Blank> blanks) throws SQLException {
        try (PreparedStatement blank = connection.prepareStatement(BLANK)) {
            for (Blank message : blanks) {
                blank.setInt(1, MessageRow.shape(message.content()));
                blank.setBytes(2, message.content().payload().data());
                blank.setBytes(3, ExtraCodec.encode(message.content()));
                blank.setLong(4, conversation);
                blank.setLong(5, message.seq());
                blank.addBatch();
            }
            blank.executeBatch();
        }
    }

    private record Blank(long seq, Content content) {}
}
