package io.lastack.examples.bench.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Arrays, two statements a commit, or three with the look for repeats. */
final class PostgreSqlBareAppend implements BareAppend {
    private static final String RESERVE = "WITH locked AS MATERIALIZED (SELECT c.id, k.n"
            + " FROM unnest(?::bigint[], ?::bigint[]) k(id, n) JOIN lastack_conversation c ON c.id = k.id"
            + " ORDER BY c.id FOR NO KEY UPDATE OF c)"
            + " UPDATE lastack_conversation c SET last_seq = c.last_seq + l.n FROM locked l WHERE c.id = l.id"
            + " RETURNING c.id, c.last_seq";
    private static final String INSERT = "INSERT INTO lastack_message"
            + " (conv, seq, sender, client_id, sent_at, kind, shape, body)"
            + " SELECT conv, seq, sender, client_id, sent_at, 0, 13, body FROM"
            + " unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[], ?::bigint[], ?::bytea[])"
            + " k(conv, seq, sender, client_id, sent_at, body)";

    private static final String LOOK = "SELECT k.i, m.seq FROM unnest(?::bigint[], ?::bigint[], ?::bytea[])"
            + " WITH ORDINALITY AS k(conv, sender, client_id, i) JOIN lastack_message m"
            + " ON m.conv = k.conv AND m.sender = k.sender AND m.client_id = k.client_id";

    private final Connection connection;
    private final PreparedStatement look;
    private final PreparedStatement reserve;
    private final PreparedStatement insert;

    PostgreSqlBareAppend(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        reserve = connection.prepareStatement(RESERVE);
        insert = connection.prepareStatement(INSERT);
        look = connection.prepareStatement(LOOK);
    }

    @Override
    public long[] reserve(SortedMap<Long, Integer> counts) throws SQLException {
        reserve.setArray(1, connection.createArrayOf("bigint", counts.keySet().toArray()));
        reserve.setArray(
                2,
                connection.createArrayOf(
                        "bigint", counts.values().stream().map(Long::valueOf).toArray()));
        Map<Long, Long> last = new TreeMap<>();
        try (ResultSet rows = reserve.executeQuery()) {
            while (rows.next()) {
                last.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return last.values().stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void look(List<Row> rows) throws SQLException {
        set(look, 1, "bigint", rows, Row::conversation);
        set(look, 2, "bigint", rows, Row::sender);
        set(look, 3, "bytea", rows, Row::clientId);
        BatchInsert.requireNone(look);
    }

    @Override
    public void insert(List<Row> rows) throws SQLException {
        set(insert, 1, "bigint", rows, Row::conversation);
        set(insert, 2, "bigint", rows, Row::seq);
        set(insert, 3, "bigint", rows, Row::sender);
        set(insert, 4, "bytea", rows, Row::clientId);
        set(insert, 5, "bigint", rows, Row::sentAt);
        set(insert, 6, "bytea", rows, Row::body);
        insert.executeUpdate();
    }

    private void set(PreparedStatement to, int parameter, String type, List<Row> rows, Function<Row, Object> value)
            throws SQLException {
        Object[] values = type.equals("bytea")
                ? rows.stream().map(value).toArray(byte[][]::new)
                : rows.stream().map(value).toArray(Long[]::new);
        to.setArray(parameter, connection.createArrayOf(type, values));
    }

    @Override
    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
