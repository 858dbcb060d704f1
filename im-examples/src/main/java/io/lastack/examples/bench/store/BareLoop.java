package io.lastack.examples.bench.store;

import io.lastack.store.jdbc.JdbcStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The least that a group commit into the store's tables takes. */
final class BareLoop implements AppendBenchmark.Batches {
    private static final int ID_BYTES = 17;

    private final BareAppend bare;
    private final boolean looks;
    private final int size;
    private final int writer;
    private final int writers;
    private final Random random;

    /**
     * @param looks whether to look for repeats, as the store does
     * @param writer from 0; each writes to conversations of its own, as the lanes of an engine do
     */
    BareLoop(BareAppend bare, boolean looks, int size, int writer, int writers) {
        this.bare = bare;
        this.looks = looks;
        this.size = size;
        this.writer = writer;
        this.writers = writers;
        this.random = new Random(1_000L * size + writer);
    }

    /** Lets the store make its tables, and fills in the conversations. */
    static void prepare(BenchDatabase database, String url) throws SQLException {
        JdbcStore.open(url).close();
        try (Connection connection = database.connect(url);
                PreparedStatement add =
                        connection.prepareStatement("INSERT INTO lastack_conversation (id, name) VALUES (?, ?)")) {
            for (int i = 1; i <= StoreLoop.CONVERSATIONS; i++) {
                add.setLong(1, i);
                add.setString(2, "direct:user-" + 2 * i + "~user-" + (2 * i + 1));
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    @Override
    public int append() throws SQLException {
        TreeMap<Long, Integer> counts = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            long conversation = 1L + writer + (long) writers * random.nextInt(StoreLoop.CONVERSATIONS / writers);
            counts.merge(conversation, 1, Integer::sum);
        }
        long[] last = bare.reserve(counts);
        List<BareAppend.Row> rows = new ArrayList<>(size);
        int i = 0;
        for (Map.Entry<Long, Integer> entry : counts.entrySet()) {
            for (int n = entry.getValue(); n > 0; n--) {
                rows.add(row(entry.getKey(), last[i] - n + 1));
            }
            i++;
        }
        if (looks) {
            bare.look(rows);
        }
        bare.insert(rows);
        bare.commit();
        return size;
    }

    private BareAppend.Row row(long conversation, long seq) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        byte[] body = new byte[StoreLoop.BODY_BYTES];
        random.nextBytes(body);
        return new BareAppend.Row(
                conversation, seq, 2 * conversation + random.nextInt(2), id, System.currentTimeMillis(), body);
    }
}
