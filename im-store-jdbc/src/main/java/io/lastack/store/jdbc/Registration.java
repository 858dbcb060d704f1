package io.lastack.store.jdbc;

import io.lastack.spi.DeviceStart;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Registers a device inside a transaction: once only, with its start in every conversation that its user has or had. */
final class Registration {
    // The first of two registrations locks the row; the second waits, and then finds nothing to do.
    private static final String CLAIM =
            "UPDATE lastack_device SET registered = TRUE WHERE id = :device AND registered = FALSE";

    private static final String EXISTS = "SELECT COUNT(*) FROM lastack_device WHERE id = :device";

    private static final String HEADS = """
            SELECT m.conv, CASE WHEN m.last_seq < c.last_seq THEN m.last_seq ELSE c.last_seq END, k.last_ack
            FROM lastack_member m
            JOIN lastack_conversation c ON c.id = m.conv
            LEFT JOIN lastack_cursor k ON k.conv = m.conv AND k.usr = m.usr AND k.device = :device
            WHERE m.usr = :user ORDER BY m.conv""";

    private static final String HIGHEST_ACKS = """
            SELECT m.conv, MAX(o.last_ack), MAX(k.last_ack)
            FROM lastack_member m
            JOIN lastack_cursor o ON o.conv = m.conv AND o.usr = m.usr
            LEFT JOIN lastack_cursor k ON k.conv = m.conv AND k.usr = m.usr AND k.device = :device
            WHERE m.usr = :user GROUP BY m.conv ORDER BY m.conv""";

    private static final String ADD =
            "INSERT INTO lastack_cursor (conv, usr, device, last_ack) VALUES (:conversation, :user, :device, :seq)";
    private static final String RAISE = "UPDATE lastack_cursor SET last_ack = :seq, acked_at = 0"
            + " WHERE conv = :conversation AND usr = :user AND device = :device AND last_ack < :seq";

    private final Handle handle;
    private final long user;
    private final long device;

    Registration(Handle handle, long user, long device) {
        this.handle = handle;
        this.user = user;
        this.device = device;
    }

    /** What became of a registration. */
    enum Outcome {
        NEW,
        KNOWN,
        /** There is no device of that number: another process erased its user. */
        GONE
    }

    Outcome run(DeviceStart start) {
        if (handle.createUpdate(CLAIM).bind("device", device).execute() == 0) {
            return exists() ? Outcome.KNOWN : Outcome.GONE;
        }
        switch (start) {
            case HEAD -> startAt(HEADS);
            case FIRST_UNACKNOWLEDGED -> startAt(HIGHEST_ACKS);
            case FIRST_VISIBLE -> {
                // No row says just that, and a higher one stays.
            }
        }
        return Outcome.NEW;
    }

    private boolean exists() {
        return handle.createQuery(EXISTS)
                        .bind("device", device)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private void startAt(String positions) {
        List<Start> starts = handle.createQuery(positions)
                .bind("device", device)
                .bind("user", user)
                .map((row, context) -> start(row))
                .list();
        // The device may have acknowledged before it was registered.
        write(RAISE, starts.stream().filter(Start::stored).toList());
        write(ADD, starts.stream().filter(start -> !start.stored()).toList());
    }

    private static Start start(ResultSet row) throws SQLException {
        long conversation = row.getLong(1);
        long seq = row.getLong(2);
        row.getLong(3);
        return new Start(conversation, seq, !row.wasNull());
    }

    private void write(String statement, List<Start> starts) {
        if (starts.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(statement);
        for (Start start : starts) {
            batch.bind("conversation", start.conversation())
                    .bind("user", user)
                    .bind("device", device)
                    .bind("seq", start.seq())
                    .add();
        }
        batch.execute();
    }

    /** @param stored whether the device has a cursor there already */
    private record Start(long conversation, long seq, boolean stored) {}
}
