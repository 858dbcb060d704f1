package io.lastack.examples.bench.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Rows locked by one query, and two batches, which the driver sends as one statement where it can. */
final class MariaDbBareAppend implements BareAppend {
    private static final String LOOK = "SELECT k.i, m.seq FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY,"
            + " conv BIGINT PATH '$[0]', sender BIGINT PATH '$[1]',"
            + " client_id VARCHAR(386) CHARACTER SET ascii COLLATE ascii_bin PATH '$[2]')) k"
            + " STRAIGHT_JOIN lastack_message m FORCE INDEX (lastack_message_once)"
            + " ON m.conv = k.conv AND m.sender = k.sender AND m.client_id = UNHEX(k.client_id)";

    private final Connection connection;
    private final PreparedStatement look;
    private final PreparedStatement insert;
    private final PreparedStatement save;
    private final Statement lock;

    MariaDbBareAppend(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        insert = connection.prepareStatement(BatchInsert.SQL);
        save = connection.prepareStatement("INSERT INTO lastack_conversation (id, name, last_seq) VALUES (?, '', ?)"
                + " ON DUPLICATE KEY UPDATE last_seq = VALUES(last_seq)");
        look = connection.prepareStatement(LOOK);
        lock = connection.createStatement();
    }

    @Override
    public long[] reserve(SortedMap<Long, Integer> counts) throws SQLException {
        String ids = counts.keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
        long[] last = new long[counts.size()];
        try (ResultSet rows = lock.executeQuery(
                "SELECT last_seq FROM lastack_conversation WHERE id IN (" + ids + ") ORDER BY id FOR UPDATE")) {
            for (int i = 0; rows.next(); i++) {
                last[i] = rows.getLong(1);
            }
        }
        int i = 0;
        for (Map.Entry<Long, Integer> entry : counts.entrySet()) {
            last[i] += entry.getValue();
            save.setLong(1, entry.getKey());
            save.setLong(2, last[i++]);
            save.addBatch();
        }
        save.executeBatch();
        return last;
    }

    @Override
    public void look(List<Row> rows) throws SQLException {
        look.setString(
                1,
                rows.stream()
                        .map(row -> "[" + row.conversation() + "," + row.sender() + ",\""
                                + HexFormat.of().formatHex(row.clientId()) + "\"]")
                        .collect(Collectors.joining(",", "[", "]")));
        BatchInsert.requireNone(look);
    }

    @Override
    public void insert(List<Row> rows) throws SQLException {
        BatchInsert.run(insert, rows);
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
