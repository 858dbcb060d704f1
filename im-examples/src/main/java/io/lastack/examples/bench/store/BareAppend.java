package io.lastack.examples.bench.store;

import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;

/**
 * The statements that a group commit takes, prepared once: seqs set aside under the locks of the conversations' rows, and
 * messages inserted, with a look for repeats in between where the store takes one. No values, no checks, no second try.
 */
interface BareAppend extends AutoCloseable {
    /**
     * Sets seqs aside.
     *
     * @param counts how many messages each conversation gets, ascending
     * @return the last seq of each, in the same order, with those set aside
     */
    long[] reserve(SortedMap<Long, Integer> counts) throws SQLException;

    /** Looks whether any of the messages is there already, with one statement; on H2 the store looks only when it must. */
    void look(List<Row> rows) throws SQLException;

    /** Inserts the messages. */
    void insert(List<Row> rows) throws SQLException;

    /** Makes both durable. */
    void commit() throws SQLException;

    @Override
    void close() throws SQLException;

    /** A message in columns. Not a record: those want no arrays. */
    final class Row {
        private final long conversation;
        private final long seq;
        private final long sender;
        private final byte[] clientId;
        private final long sentAt;
        private final byte[] body;

        Row(long conversation, long seq, long sender, byte[] clientId, long sentAt, byte[] body) {
            this.conversation = conversation;
            this.seq = seq;
            this.sender = sender;
            this.clientId = clientId;
            this.sentAt = sentAt;
            this.body = body;
        }

        long conversation() {
            return conversation;
        }

        long seq() {
            return seq;
        }

        long sender() {
            return sender;
        }

        byte[] clientId() {
            return clientId;
        }

        long sentAt() {
            return sentAt;
        }

        byte[] body() {
            return body;
        }
    }
}
