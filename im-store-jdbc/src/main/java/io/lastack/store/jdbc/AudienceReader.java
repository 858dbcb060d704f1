package io.lastack.store.jdbc;

import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.Audience;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads a message's sender and everybody entitled to the message, in one statement. Not thread-safe. */
final class AudienceReader {
    private final List<MemberState> members = new ArrayList<>();
    private long trimmedThrough;
    private @Nullable UserId sender;

    static Audience read(Handle handle, long conversation, long seq) {
        AudienceReader reader = new AudienceReader();
        handle.createQuery(MembershipSql.AUDIENCE)
                .bind("conversation", conversation)
                .bind("seq", seq)
                .map((row, context) -> reader.take(row))
                .list();
        return new Audience(reader.sender, reader.trimmedThrough, reader.members);
    }

    private boolean take(ResultSet row) throws SQLException {
        trimmedThrough = row.getLong(8);
        String sentBy = row.getString(9);
        if (sender == null && sentBy != null) {
            sender = UserId.of(sentBy);
        }
        if (row.getString(1) != null) {
            members.add(JdbcMemberships.memberState(row));
        }
        return true;
    }
}
