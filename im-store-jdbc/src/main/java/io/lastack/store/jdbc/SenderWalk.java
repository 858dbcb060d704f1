package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the conversations to which somebody sent, a stretch of conversation numbers at a time. No index leads from a sender
 * to its messages, which would be one more to keep for every message; but each conversation's index of client message ids
 * begins with the sender, so that one look into it tells whether there are any.
 */
final class SenderWalk {
    /** How many conversations are looked into at once. */
    private static final int STRETCH = 2_000;

    private static final String LAST = "SELECT MAX(id) FROM lastack_conversation";
    private static final String WITH_MESSAGES = "SELECT c.id FROM lastack_conversation c"
            + " WHERE c.id BETWEEN ? AND ? AND EXISTS ("
            + "SELECT 1 FROM lastack_message m WHERE m.conv = c.id AND m.sender = ?) ORDER BY c.id";

    private final Connection connection;
    private final long sender;

    SenderWalk(Connection connection, long sender) {
        this.connection = connection;
        this.sender = sender;
    }

    /**
     * The next stretch.
     *
     * @param first the lowest number to look into
     * @param atMost where to end, at the latest
     */
    Stretch from(long first, long atMost) throws SQLException {
        long end = last();
        long last = Math.min(Math.min(end, atMost), first + STRETCH - 1);
        return new Stretch(first, last, first > last ? List.of() : conversations(first, last), last >= end);
    }

    private long last() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private List<Long> conversations(long first, long last) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(WITH_MESSAGES)) {
            statement.setLong(1, first);
            statement.setLong(2, last);
            statement.setLong(3, sender);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
        }
        return found;
    }

    /**
     * Conversations by number.
     *
     * @param conversations those from {@code first} to {@code last} to which the sender sent, in ascending order
     * @param isLast whether there are no conversations beyond
     */
    record Stretch(long first, long last, List<Long> conversations, boolean isLast) {}
}
