package io.lastack.examples.bench.store;

import io.lastack.store.jdbc.JdbcStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Random;
import java.util.TreeMap;

/** The least that a group commit into the store's tables takes: statements prepared once, and seqs from memory. */
final class BareLoop implements AppendBenchmark.Batches, AutoCloseable {
    private static final String SETTINGS = ";RETENTION_TIME=0;WRITE_DELAY=5000;QUERY_CACHE_SIZE=64";
    private static final int ID_BYTES = 17;

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement save;
    private final Statement checkpoint;
    private final long[] lastSeqs = new long[StoreLoop.CONVERSATIONS + 1];
    private final Random random = new Random(1);
    private final int size;

    private BareLoop(Connection connection, int size) throws SQLException {
        this.connection = connection;
        this.size = size;
        connection.setAutoCommit(false);
        insert = connection.prepareStatement(
                "INSERT INTO lastack_message"
                        + " (conv, seq, sender, client_id, sent_at, kind, shape, body, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        save = connection.prepareStatement("UPDATE lastack_conversation SET last_seq = ? WHERE id = ?");
        checkpoint = connection.createStatement();
    }

    /** Lets the store make its tables, and fills in the conversations. */
    static BareLoop open(String url, int size) throws SQLException {
        JdbcStore.open(url).close();
        Connection connection = DriverManager.getConnection(url + SETTINGS, "sa", "");
        try (PreparedStatement add =
                connection.prepareStatement("INSERT INTO lastack_conversation (id, name) VALUES (?, ?)")) {
            for (int i = 1; i <= StoreLoop.CONVERSATIONS; i++) {
                add.setLong(1, i);
                add.setString(2, "direct:user-" + 2 * i + "~user-" + (2 * i + 1));
                add.executeUpdate();
            }
        }
        return new BareLoop(connection, size);
    }

    @Override
    public int append() throws SQLException {
        TreeMap<Long, Integer> counts = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            counts.merge(1L + random.nextInt(StoreLoop.CONVERSATIONS), 1, Integer::sum);
        }
        for (var entry : counts.entrySet()) {
            long conversation = entry.getKey();
            for (int i = 0; i < entry.getValue(); i++) {
                addMessage(conversation, ++lastSeqs[(int) conversation]);
            }
            save.setLong(1, lastSeqs[(int) conversation]);
            save.setLong(2, conversation);
            save.addBatch();
        }
        insert.executeBatch();
        save.executeBatch();
        connection.commit();
        checkpoint.execute("CHECKPOINT SYNC");
        return size;
    }

    private void addMessage(long conversation, long seq) throws SQLException {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        byte[] body = new byte[StoreLoop.BODY_BYTES];
        random.nextBytes(body);
        insert.setLong(1, conversation);
        insert.setLong(2, seq);
        insert.setLong(3, 2 * conversation + random.nextInt(2));
        insert.setBytes(4, id);
        insert.setLong(5, System.currentTimeMillis());
        insert.setInt(6, 0);
        insert.setInt(7, 13);
        insert.setBytes(8, body);
        insert.setNull(9, Types.VARBINARY);
        insert.addBatch();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
