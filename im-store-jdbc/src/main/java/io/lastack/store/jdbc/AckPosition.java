package io.lastack.store.jdbc;

import io.lastack.cursor.AdvanceOutcome;
import io.lastack.store.jdbc.CursorTables.AckMove;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where a member's device stands, and what the member may see.
 *
 * @param stored whether there is a row for it; otherwise {@code lastAck} is 0
 */
record AckPosition(long firstSeq, long lastSeq, long lastAck, boolean stored) {
    /** Reads an index, first_seq, last_seq, last_ack. */
    static AckPosition read(ResultSet row) throws SQLException {
        long lastAck = row.getLong(4);
        boolean stored = !row.wasNull();
        return new AckPosition(row.getLong(2), row.getLong(3), lastAck, stored);
    }

    AdvanceOutcome outcome(long seq) {
        if (seq > lastSeq) {
            return AdvanceOutcome.REFUSED;
        }
        return seq >= firstSeq && (!stored || seq > lastAck) ? AdvanceOutcome.ADVANCED : AdvanceOutcome.UNCHANGED;
    }

    boolean isToBeAdded(long seq) {
        return !stored && outcome(seq) == AdvanceOutcome.ADVANCED;
    }

    static long[] key(AckMove move) {
        return new long[] {move.conversation(), move.user(), move.device()};
    }

    static long[] row(AckMove move) {
        return new long[] {move.conversation(), move.user(), move.device(), move.seq(), move.at()};
    }

    /** The member was erased since it was looked at; looking again shows it. */
    static SQLException memberVanished() {
        return new SQLException("a member was erased while its cursor was to be added", "40001");
    }
}
