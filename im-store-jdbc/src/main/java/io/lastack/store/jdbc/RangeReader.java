package io.lastack.store.jdbc;

import io.lastack.store.jdbc.LogTables.Range;
import io.lastack.store.jdbc.LogTables.StoredMessage;
import io.lastack.store.jdbc.LogTables.Stretch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Reads ranges of messages in one statement. Each row has the number of its range in the list, how far its conversation was
 * trimmed, and a message; a range without messages has one row without any.
 */
final class RangeReader {
    /** The list of ranges, for {@link #byList}. */
    static final String[] LIST = {"id", "low", "high", "bytes"};

    private static final String VALUES = "c.trimmed_through, " + MessageRow.COLUMNS + " FROM ";
    private static final String ROW = ", " + VALUES;

    /** The beginning of a statement for {@link #byList}, which goes on with the messages of {@code c}, as {@code m}. */
    static final String OF_LIST = "SELECT k.i" + ROW;

    /** Of each message in a table {@code x}, the bytes of those before it. */
    static final String BYTES_BEFORE = "SUM(OCTET_LENGTH(x.body)) OVER (ORDER BY x.seq ROWS UNBOUNDED PRECEDING)"
            + " - OCTET_LENGTH(x.body) AS bytes_before";

    private static final String WHOLE = "lastack_conversation c LEFT JOIN lastack_message m"
            + " ON m.conv = c.id AND m.seq BETWEEN ? AND ? WHERE c.id = ?";
    private static final String ONE = "SELECT " + VALUES + WHOLE;
    private static final Comparator<StoredMessage> BY_SEQ = Comparator.comparingLong(StoredMessage::seq);

    private RangeReader() {}

    /** The usual case, without what only several ranges need. */
    static Stretch one(Connection connection, Range range) throws SQLException {
        long trimmed = 0;
        List<StoredMessage> messages = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ONE)) {
            statement.setLong(1, range.first());
            statement.setLong(2, range.last());
            statement.setLong(3, range.conversation());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (messages.isEmpty()) {
                        trimmed = row.getLong(1);
                    }
                    add(row, 2, messages);
                }
            }
        }
        messages.sort(BY_SEQ);
        return new Stretch(trimmed, messages);
    }

    /**
     * A part of the statement for each range, and so a text for each number of them.
     *
     * @param cut where bytes are added up
     */
    static List<Stretch> byUnion(Connection connection, Cut cut, List<Range> ranges) throws SQLException {
        StringJoiner union = new StringJoiner(" UNION ALL ");
        for (int i = 0; i < ranges.size(); i++) {
            union.add("SELECT " + (i + 1) + (ranges.get(i).isShort() ? ROW + WHOLE : cut.sql));
        }
        try (PreparedStatement statement = connection.prepareStatement(union.toString())) {
            int parameter = 1;
            for (Range range : ranges) {
                long[] values = range.isShort() ? whole(range) : cut.values(range);
                for (long value : values) {
                    statement.setLong(parameter++, value);
                }
            }
            return stretches(statement, ranges.size());
        }
    }

    private static long[] whole(Range range) {
        return new long[] {range.first(), range.last(), range.conversation()};
    }

    /** @param sql with the list as {@code k} */
    static List<Stretch> byList(Connection connection, String sql, NumberTable list, List<Range> ranges)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            list.bind(
                    statement,
                    1,
                    ranges.stream()
                            .map(range ->
                                    new long[] {range.conversation(), range.first(), range.last(), range.maxBytes()})
                            .toList());
            return stretches(statement, ranges.size());
        }
    }

    private static List<Stretch> stretches(PreparedStatement statement, int count) throws SQLException {
        long[] trimmed = new long[count];
        List<List<StoredMessage>> messages = IntStream.range(0, count)
                .<List<StoredMessage>>mapToObj(i -> new ArrayList<>())
                .toList();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                int index = row.getInt(1) - 1;
                trimmed[index] = row.getLong(2);
                add(row, 3, messages.get(index));
            }
        }
        messages.forEach(found -> found.sort(BY_SEQ));
        return IntStream.range(0, count)
                .mapToObj(i -> new Stretch(trimmed[i], messages.get(i)))
                .toList();
    }

    private static void add(ResultSet row, int first, List<StoredMessage> messages) throws SQLException {
        // Null is read as 0, which no message has.
        if (row.getLong(first) > 0) {
            messages.add(MessageRow.read(row, first));
        }
    }

    /** How a long range ends at the message that reaches its bytes. */
    enum Cut {
        /** In an inner query, which the messages come out of. */
        INSIDE(ROW + "lastack_conversation c LEFT JOIN (SELECT x.*, " + BYTES_BEFORE
                + " FROM lastack_message x WHERE x.conv = ? AND x.seq BETWEEN ? AND ?) m"
                + " ON m.bytes_before < ? WHERE c.id = ?") {
            @Override
            long[] values(Range range) {
                return new long[] {
                    range.conversation(), range.first(), range.last(), range.maxBytes(), range.conversation()
                };
            }
        },
        /** In an inner query that finds the end, for servers that would carry every body through a table on the disk. */
        BEFORE(ROW + "lastack_conversation c LEFT JOIN lastack_message m"
                + " ON m.conv = c.id AND m.seq BETWEEN ? AND ? AND m.seq <= (SELECT MAX(s.seq) FROM (SELECT x.seq, "
                + BYTES_BEFORE + " FROM lastack_message x WHERE x.conv = ? AND x.seq BETWEEN ? AND ?) s"
                + " WHERE s.bytes_before < ?) WHERE c.id = ?") {
            @Override
            long[] values(Range range) {
                return new long[] {
                    range.first(),
                    range.last(),
                    range.conversation(),
                    range.first(),
                    range.last(),
                    range.maxBytes(),
                    range.conversation()
                };
            }
        };

        private final String sql;

        Cut(String sql) {
            this.sql = sql;
        }

        /** Its parameters. */
        abstract long[] values(Range range);
    }
}
