package io.lastack.examples.bench.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/**
 * One statement a row, in batches. Its one writer keeps the seqs in memory, which only an embedded database allows. The
 * file is as safe as the store's: no writes in the background, and as many old versions kept, without which a process that
 * dies can leave an older state.
 */
final class H2BareAppend implements BareAppend {
    /** As the store keeps. */
    private static final int VERSIONS_KEPT = 32;

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement save;
    private final Statement checkpoint;
    private final long[] lastSeqs = new long[StoreLoop.CONVERSATIONS + 1];

    H2BareAppend(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            session.getDatabase().getStore().getMvStore().setVersionsToKeep(VERSIONS_KEPT);
        } else {
            throw new IllegalArgumentException("the bare loop needs an H2 file that this process has open");
        }
        insert = connection.prepareStatement(BatchInsert.SQL);
        save = connection.prepareStatement("UPDATE lastack_conversation SET last_seq = ? WHERE id = ?");
        checkpoint = connection.createStatement();
        try (ResultSet rows = checkpoint.executeQuery("SELECT id, last_seq FROM lastack_conversation")) {
            while (rows.next()) {
                lastSeqs[rows.getInt(1)] = rows.getLong(2);
            }
        }
    }

    @Override
    public long[] reserve(SortedMap<Long, Integer> counts) throws SQLException {
        long[] last = new long[counts.size()];
        int i = 0;
        for (Map.Entry<Long, Integer> entry : counts.entrySet()) {
            int conversation = Math.toIntExact(entry.getKey());
            lastSeqs[conversation] += entry.getValue();
            last[i++] = lastSeqs[conversation];
            save.setLong(1, lastSeqs[conversation]);
            save.setLong(2, conversation);
            save.addBatch();
        }
        save.executeBatch();
        return last;
    }

    @Override
    public void look(List<Row> rows) {}

    @Override
    public void insert(List<Row> rows) throws SQLException {
        BatchInsert.run(insert, rows);
    }

    @Override
    public void commit() throws SQLException {
        connection.commit();
        checkpoint.execute("CHECKPOINT SYNC");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
