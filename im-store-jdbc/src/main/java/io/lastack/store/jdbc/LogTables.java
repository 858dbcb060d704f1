package io.lastack.store.jdbc;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.Draft;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How the log lies in tables. The steps of an append run in one transaction, in the order of the methods here: lock, probe
 * (or not: a repeat then makes the insert fail), insert, save.
 */
interface LogTables {
    /** Whether {@link #probe} costs little beside {@link #insert}, whatever the number of messages. */
    boolean probesCheaply();

    /**
     * Locks conversations against other appends until the transaction ends, in ascending order, and sets seqs aside.
     *
     * @param wanted how many seqs at the most each conversation will need
     * @return their rows as they were
     */
    Map<Long, ConversationState> lock(Connection connection, SortedMap<Long, Integer> wanted) throws SQLException;

    /** Those of the keys that are in the log already. */
    Map<MessageKey, Place> probe(Connection connection, Collection<MessageKey> keys) throws SQLException;

    /** Adds messages, sorted by conversation and seq; fails with {@link Failure#DUPLICATE} if one is there already. */
    void insert(Connection connection, List<NewMessage> messages) throws SQLException;

    /** Writes those rows of locked conversations that are not as {@link #lock} left them, in ascending order. */
    void save(Connection connection, Collection<ConversationState> conversations) throws SQLException;

    /** The heads of those of the conversations that exist. */
    Map<Long, Head> heads(Connection connection, Collection<Long> conversations) throws SQLException;

    /** The messages from {@code first} to {@code last} in ascending order, at most {@code limit}. */
    List<StoredMessage> read(Connection connection, long conversation, long first, long last, int limit)
            throws SQLException;

    /** What a message is known by, so that a repeat is recognised. */
    record MessageKey(long conversation, long sender, ClientMessageId clientMessageId) {}

    /** Where a message is, and its time. */
    record Place(long seq, long sentAt) {}

    /** The highest seq, and the highest of those that were deleted. */
    record Head(long lastSeq, long trimmedThrough) {}

    /** A draft with its place. */
    record NewMessage(MessageKey key, Place place, Draft draft) {}

    /** A message as it is stored, with its sender's number. */
    record StoredMessage(long seq, long sender, ClientMessageId clientMessageId, long sentAt, Content content) {}
}
