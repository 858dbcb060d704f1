package io.lastack.store.jdbc;

import io.lastack.log.Content;
import io.lastack.spi.StoredCodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of an erasure inside its transaction: in a stretch of conversations, the user's membership and positions go, and
 * some of its messages are blanked. Rows of conversations are locked in ascending order, before any other. What is deleted
 * is looked for first and then named by its key: a statement that searched while it deletes would, on some databases, wait
 * for rows of other users.
 */
final class ErasureStep {
    /** How many memberships go in one transaction: appends to their conversations wait for its end. */
    private static final int MEMBERSHIPS_AT_ONCE = 200;

    private static final String MEMBERSHIPS =
            "SELECT conv FROM lastack_member WHERE usr = ? AND conv >= ? ORDER BY usr, conv LIMIT ?";
    private static final String LOCK = "SELECT id FROM lastack_conversation WHERE id = ? FOR UPDATE";
    private static final String LAST_SEQ = "SELECT last_seq FROM lastack_member WHERE conv = ? AND usr = ? FOR UPDATE";
    private static final String ONE_MEMBER_LESS = "UPDATE lastack_conversation SET members = members - 1 WHERE id = ?";
    private static final String DELETE_MEMBERSHIP = "DELETE FROM lastack_member WHERE conv = ? AND usr = ?";
    private static final String DELETE_MUTE = "DELETE FROM lastack_mute WHERE conv = ? AND usr = ?";
    // Not by membership: a position that was on its way when the membership went may have come after it.
    private static final String CURSORS = "SELECT k.conv, k.device FROM lastack_conversation c"
            + " JOIN lastack_cursor k ON k.conv = c.id"
            + " WHERE c.id BETWEEN ? AND ? AND k.usr = ? ORDER BY k.conv, k.device";
    private static final String DELETE_CURSOR = "DELETE FROM lastack_cursor WHERE conv = ? AND usr = ? AND device = ?";
    private static final String MESSAGES = "SELECT seq, kind, shape, extra FROM lastack_message"
            + " WHERE conv = ? AND sender = ? AND seq > ? AND kind <> ? ORDER BY seq LIMIT ? FOR UPDATE";
    private static final String BLANK =
            "UPDATE lastack_message SET shape = ?, body = ?, extra = ? WHERE conv = ? AND seq = ?";
    private static final String EDIT =
            "SELECT kind, shape, extra FROM lastack_message WHERE conv = ? AND seq = ? FOR UPDATE";

    private final Connection connection;
    private final RevisionTables revisions;
    private final long user;

    ErasureStep(Connection connection, long user) {
        this.connection = connection;
        this.revisions = new RevisionTables(connection);
        this.user = user;
    }

    /** Returns how far it came; empty if that was the end. */
    Optional<LogPlace> run(LogPlace from, int limit) throws SQLException {
        boolean within = from.seq() < Long.MAX_VALUE;
        long first = within ? from.conversation() : from.conversation() + 1;
        List<Long> memberships = longs(MEMBERSHIPS, user, first, MEMBERSHIPS_AT_ONCE);
        boolean more = memberships.size() == MEMBERSHIPS_AT_ONCE;
        SenderWalk.Stretch stretch = new SenderWalk(connection, user)
                .from(first, more ? memberships.get(memberships.size() - 1) : Long.MAX_VALUE);
        leave(memberships.stream().filter(conv -> conv <= stretch.last()).toList());
        deleteCursors(stretch.first(), stretch.last());
        int left = limit;
        for (Long conversation : stretch.conversations()) {
            long above = within && conversation == from.conversation() ? from.seq() : 0;
            List<Blank> blanks = blanks(conversation, above, left);
            write(conversation, blanks);
            for (Blank blank : blanks) {
                forgetRevisions(conversation, blank);
            }
            left -= blanks.size();
            if (left == 0) {
                return Optional.of(
                        new LogPlace(conversation, blanks.get(blanks.size() - 1).seq()));
            }
        }
        return stretch.isLast() ? Optional.empty() : Optional.of(new LogPlace(stretch.last(), Long.MAX_VALUE));
    }

    private void leave(List<Long> conversations) throws SQLException {
        for (Long conversation : conversations) {
            longs(LOCK, conversation);
        }
        try (PreparedStatement less = connection.prepareStatement(ONE_MEMBER_LESS);
                PreparedStatement delete = connection.prepareStatement(DELETE_MEMBERSHIP);
                PreparedStatement unmute = connection.prepareStatement(DELETE_MUTE)) {
            for (Long conversation : conversations) {
                // Anew, under the lock: the member may have left meanwhile.
                if (longs(LAST_SEQ, conversation, user).contains(Long.MAX_VALUE)) {
                    bind(less, conversation);
                    less.addBatch();
                }
                bind(delete, conversation, user);
                delete.addBatch();
                bind(unmute, conversation, user);
                unmute.addBatch();
            }
            unmute.executeBatch();
            less.executeBatch();
            delete.executeBatch();
        }
    }

    private void deleteCursors(long first, long last) throws SQLException {
        try (PreparedStatement cursors = connection.prepareStatement(CURSORS);
                PreparedStatement delete = connection.prepareStatement(DELETE_CURSOR)) {
            bind(cursors, first, last, user);
            try (ResultSet rows = cursors.executeQuery()) {
                while (rows.next()) {
                    bind(delete, rows.getLong(1), user, rows.getLong(2));
                    delete.addBatch();
                }
            }
            delete.executeBatch();
        }
    }

    private List<Long> longs(String query, long... parameters) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
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

    private List<Blank> blanks(long conversation, long above, int limit) throws SQLException {
        List<Blank> blanks = new ArrayList<>();
        try (PreparedStatement messages = connection.prepareStatement(MESSAGES)) {
            messages.setLong(1, conversation);
            messages.setLong(2, user);
            messages.setLong(3, above);
            messages.setInt(4, StoredCodes.kind(Content.MEMBERSHIP));
            messages.setInt(5, limit);
            try (ResultSet rows = messages.executeQuery()) {
                while (rows.next()) {
                    blanks.add(new Blank(
                            rows.getLong(1), MessageRow.withoutBody(rows.getInt(2), rows.getInt(3), rows.getBytes(4))));
                }
            }
        }
        return blanks;
    }

    /** What others made of a message, and what it did to others, goes with it. */
    private void forgetRevisions(long conversation, Blank message) throws SQLException {
        Content content = message.content();
        if (!content.mentions().isEmpty()) {
            revisions.deleteMentions(conversation, message.seq());
        }
        if (content.kind().equals(Content.REACTION)) {
            revisions.deleteReactionsOf(user, conversation, content.revises());
        }
        if (content.revisedBy() > 0) {
            List<Blank> edits = new ArrayList<>();
            for (long edit : revisions.takeEdits(conversation, message.seq())) {
                edits.addAll(edit(conversation, edit));
            }
            write(conversation, edits);
        }
    }

    private List<Blank> edit(long conversation, long seq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EDIT)) {
            bind(statement, conversation, seq);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? List.of(new Blank(seq, MessageRow.withoutBody(row.getInt(1), row.getInt(2), row.getBytes(3))))
                        : List.of();
            }
        }
    }

    private void write(long conversation, List<Blank> blanks) throws SQLException {
        try (PreparedStatement blank = connection.prepareStatement(BLANK)) {
            for (Blank message : blanks) {
                Content left = message.content().erased();
                blank.setInt(1, MessageRow.shape(left));
                blank.setBytes(2, left.payload().data());
                blank.setBytes(3, ExtraCodec.encode(left));
                blank.setLong(4, conversation);
                blank.setLong(5, message.seq());
                blank.addBatch();
            }
            blank.executeBatch();
        }
    }

    /**
     * A message to blank.
     *
     * @param content as it is, without its body
     */
    private record Blank(long seq, Content content) {}
}
