package io.lastack.store.jdbc;

import io.lastack.cursor.AdvanceOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Moves cursors up. Every write is guarded with {@code position < new}, so that a stale advance writes nothing, and
 * the rows are locked in ascending order of key, so that writers never dead-lock.
 */
interface CursorTables {
    /**
     * @param moves in ascending order of conversation, user and device; none above its log's head
     * @param outcomes gets the outcome of each, at its index
     */
    void raiseAcks(Connection connection, List<AckMove> moves, AdvanceOutcome[] outcomes) throws SQLException;

    /**
     * @param moves in ascending order of conversation and user; none above its log's head
     * @param outcomes gets the outcome of each, at its index
     */
    void raiseReads(Connection connection, List<ReadMove> moves, AdvanceOutcome[] outcomes) throws SQLException;

    /** An advance of an ack cursor in numbers; {@code index} is its place in the caller's list. */
    record AckMove(int index, long conversation, long user, long device, long seq, long at) {}

    /** An advance of a read cursor in numbers; {@code index} is its place in the caller's list. */
    record ReadMove(int index, long conversation, long user, long seq, long at) {}
}
