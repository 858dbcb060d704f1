package io.lastack.store.jdbc;

import io.lastack.log.Content;
import io.lastack.log.Payload;
import io.lastack.spi.ClientIdCodec;
import io.lastack.spi.StoredCodes;
import io.lastack.store.jdbc.LogTables.NewMessage;
import io.lastack.store.jdbc.LogTables.StoredMessage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A message in columns. */
final class MessageRow {
    /** The largest body that every one of the databases keeps in a row, in bytes. */
    static final int MAX_BODY = 1 << 20;

    /** Those of the message {@code m}, as {@link #read} takes them. */
    static final String COLUMNS = "m.seq, m.sender, m.client_id, m.sent_at, m.kind, m.shape, m.body, m.extra";

    private MessageRow() {}

    /** Binds conv, seq, sender, client_id, sent_at, kind, shape, body, extra. */
    static void bind(PreparedStatement statement, NewMessage message) throws SQLException {
        Content content = message.draft().content();
        statement.setLong(1, message.key().conversation());
        statement.setLong(2, message.place().seq());
        statement.setLong(3, message.key().sender());
        statement.setBytes(4, ClientIdCodec.encode(message.key().clientMessageId()));
        statement.setLong(5, message.place().sentAt());
        statement.setInt(6, kind(content));
        statement.setInt(7, shape(content));
        statement.setBytes(8, content.payload().data());
        statement.setBytes(9, ExtraCodec.encode(content));
    }

    static int kind(Content content) {
        return StoredCodes.kind(content.kind());
    }

    /** The column that tells the type, and whether the body is text. */
    static int shape(Content content) {
        return StoredCodes.type(content.type()) << 1 | (content.payload().isText() ? 0 : 1);
    }

    /** Reads a row that begins with {@link #COLUMNS}. */
    static StoredMessage read(ResultSet row) throws SQLException {
        return read(row, 1);
    }

    /** @param first the column from which on {@link #COLUMNS} are */
    static StoredMessage read(ResultSet row, int first) throws SQLException {
        int shape = row.getInt(first + 5);
        Payload payload = Payload.wrap((shape & 1) == 0, row.getBytes(first + 6));
        return new StoredMessage(
                row.getLong(first),
                row.getLong(first + 1),
                ClientIdCodec.decode(row.getBytes(first + 2)),
                row.getLong(first + 3),
                content(row.getInt(first + 4), shape, payload, row.getBytes(first + 7)));
    }

    /** A content from its columns, with an empty body. */
    static Content withoutBody(int kind, int shape, byte @Nullable [] stored) {
        return content(kind, shape, Payload.EMPTY, stored);
    }

    private static Content content(int kind, int shape, Payload payload, byte @Nullable [] stored) {
        int type = shape >> 1;
        ExtraCodec.Extra extra = ExtraCodec.decode(stored);
        return new Content(
                kind == StoredCodes.OTHER ? extra.kind() : StoredCodes.kind(kind),
                type == StoredCodes.OTHER ? extra.type() : StoredCodes.type(type),
                payload,
                extra.ext(),
                extra.replyTo(),
                extra.mentions(),
                extra.revises(),
                extra.revisedBy());
    }
}
