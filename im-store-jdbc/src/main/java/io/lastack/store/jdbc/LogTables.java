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
import org.jspecify.annotations.Nullable;

/**
 * How the log lies in tables. The steps of an append run in one transaction, in the order of the methods here: lock, probe
 * (or not: a repeat then makes the insert fail), insert, save.
 */
interface LogTables {
    /** So many messages may be read though fewer reach the bytes: to have the database add up bytes costs it more. */
    int WHOLE = 128;

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

    /** The highest seqs of those of the conversations that exist. */
    Map<Long, Long> heads(Connection connection, Collection<Long> conversations) throws SQLException;

    /** A message of a log, or null if it is not there. */
    @Nullable
    StoredMessage find(Connection connection, long conversation, long seq) throws SQLException;

    /**
     * Reads the beginnings of ranges in one statement, and so all of it as of one moment: each through the message that
     * reaches the range's bytes at least, and a range of at most {@link #WHOLE} seqs to its end.
     *
     * @param ranges one or more
     * @return what is there of each range, in the order of the list; nothing of a conversation that does not exist
     */
    List<Stretch> read(Connection connection, List<Range> ranges) throws SQLException;

    /** What a message is known by, so that a repeat is recognised. */
    record MessageKey(long conversation, long sender, ClientMessageId clientMessageId) {}

    /** Where a message is, and its time. */
    record Place(long seq, long sentAt) {}

    /**
     * Seqs of one conversation.
     *
     * @param maxBytes how many bytes of bodies are wanted, at least 1
     */
    record Range(long conversation, long first, long last, long maxBytes) {
        boolean isShort() {
            return last - first < WHOLE;
        }
    }

    /** Messages of a range in ascending order, and the highest seq of the log that was deleted when they were read. */
    record Stretch(long trimmedThrough, List<StoredMessage> messages) {}

    /** A draft with its place. */
    record NewMessage(MessageKey key, Place place, Draft draft) {}

    /** A message as it is stored, with its sender's number. */
    record StoredMessage(long seq, long sender, ClientMessageId clientMessageId, long sentAt, Content content) {}
}
