package io.lastack.store.jdbc;

import io.lastack.log.Content;
import io.lastack.spi.ClientIdCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The usual layout with arrays: an append is at most four statements, whatever its length. */
final class PostgreSqlLogTables extends SetLogTables {
    private static final NumberTable NUMBERS = new ArrayTable("?::bigint[]");

    /** The inner query locks in the order of the keys; an UPDATE alone would lock as its plan happens to read. */
    private static final String LOCK = "WITH locked AS MATERIALIZED (SELECT c.id, k.n FROM " + NUMBERS.of("id", "n")
            + " JOIN lastack_conversation c ON c.id = k.id ORDER BY k.i FOR NO KEY UPDATE OF c)"
            + " UPDATE lastack_conversation c SET last_seq = c.last_seq + l.n FROM locked l WHERE c.id = l.id"
            + " RETURNING " + STATE + ", c.id";

    private static final String PROBE =
            "SELECT k.i, m.seq, m.sent_at FROM unnest(?::bigint[], ?::bigint[], ?::bytea[]) WITH ORDINALITY"
                    + " AS k(conv, sender, client_id, i) JOIN lastack_message m"
                    + " ON m.conv = k.conv AND m.sender = k.sender AND m.client_id = k.client_id";

    private static final String INSERT_ALL =
            "INSERT INTO lastack_message (conv, seq, sender, client_id, sent_at, kind, shape, body, extra)"
                    + " SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[], ?::bigint[],"
                    + " ?::integer[], ?::integer[], ?::bytea[], ?::bytea[])";

    /** An inner query that the server cannot dissolve holds it to looking into each range by itself. */
    private static final String READ = RangeReader.OF_LIST + NUMBERS.of(RangeReader.LIST)
            + " JOIN lastack_conversation c ON c.id = k.id LEFT JOIN LATERAL (SELECT x.*";

    private static final String RANGE =
            " FROM lastack_message x WHERE x.conv = c.id AND x.seq BETWEEN k.low AND k.high";
    private static final String READ_WHOLE = READ + RANGE + " ORDER BY x.conv, x.seq LIMIT " + WHOLE + ") m ON TRUE";
    private static final String READ_CUT =
            READ + ", " + RangeReader.BYTES_BEFORE + RANGE + ") m ON m.bytes_before < k.bytes";

    PostgreSqlLogTables() {
        super(NUMBERS);
    }

    /** Setting the seqs aside takes the lock, and for most lists is the only time that the row is written. */
    @Override
    public Map<Long, ConversationState> lock(Connection connection, SortedMap<Long, Integer> wanted)
            throws SQLException {
        Map<Long, ConversationState> states = new HashMap<>();
        if (wanted.isEmpty()) {
            return states;
        }
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            NUMBERS.bind(
                    statement,
                    1,
                    wanted.entrySet().stream()
                            .map(entry -> new long[] {entry.getKey(), entry.getValue()})
                            .toList());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long id = row.getLong(6);
                    states.put(id, state(id, row, wanted.getOrDefault(id, 0)));
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
            ArrayTable.setArray(statement, 1, "bigint", column(asked, MessageKey::conversation));
            ArrayTable.setArray(statement, 2, "bigint", column(asked, MessageKey::sender));
            ArrayTable.setArray(
                    statement, 3, "bytea", bytes(asked, key -> ClientIdCodec.encode(key.clientMessageId())));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    places.put(asked.get(row.getInt(1) - 1), new Place(row.getLong(2), row.getLong(3)));
                }
            }
        }
        return places;
    }

    @Override
    public void insert(Connection connection, List<NewMessage> messages) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_ALL)) {
            ArrayTable.setArray(
                    statement,
                    1,
                    "bigint",
                    column(messages, message -> message.key().conversation()));
            ArrayTable.setArray(
                    statement,
                    2,
                    "bigint",
                    column(messages, message -> message.place().seq()));
            ArrayTable.setArray(
                    statement,
                    3,
                    "bigint",
                    column(messages, message -> message.key().sender()));
            ArrayTable.setArray(
                    statement,
                    4,
                    "bytea",
                    bytes(
                            messages,
                            message -> ClientIdCodec.encode(message.key().clientMessageId())));
            ArrayTable.setArray(
                    statement,
                    5,
                    "bigint",
                    column(messages, message -> message.place().sentAt()));
            ArrayTable.setArray(statement, 6, "integer", integers(messages, MessageRow::kind));
            ArrayTable.setArray(statement, 7, "integer", integers(messages, MessageRow::shape));
            ArrayTable.setArray(
                    statement,
                    8,
                    "bytea",
                    bytes(
                            messages,
                            message -> message.draft().content().payload().data()));
            ArrayTable.setArray(
                    statement,
                    9,
                    "bytea",
                    bytes(messages, message -> ExtraCodec.encode(message.draft().content())));
            statement.executeUpdate();
        }
    }

    @Override
    List<Stretch> readSeveral(Connection connection, List<Range> ranges) throws SQLException {
        if (ranges.size() == 1) {
            return super.readSeveral(connection, ranges);
        }
        String sql = ranges.stream().allMatch(Range::isShort) ? READ_WHOLE : READ_CUT;
        return RangeReader.byList(connection, sql, NUMBERS, ranges);
    }

    private static <R> Long[] column(List<R> rows, Function<R, Long> value) {
        return rows.stream().map(value).toArray(Long[]::new);
    }

    private static Integer[] integers(List<NewMessage> messages, Function<Content, Integer> value) {
        return messages.stream()
                .map(message -> value.apply(message.draft().content()))
                .toArray(Integer[]::new);
    }

    private static <R> byte[][] bytes(List<R> rows, Function<R, byte @Nullable []> value) {
        return rows.stream().map(value).toArray(byte[][]::new);
    }
}
