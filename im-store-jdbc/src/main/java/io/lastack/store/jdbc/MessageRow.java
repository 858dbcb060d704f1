package io.lastack.store.jdbc;

import io.lastack.log.Content;
import io.lastack.log.Payload;
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
        return Codes.kind(content.kind());
    }

    /** The column that tells the type, and whether the body is text. */
    static int shape(Content content) {
        return Codes.type(content.type()) << 1 | (content.payload().isText() ? 0 : 1);
    }

    /** Reads seq, sender, client_id, sent_at, kind, shape, body, extra. */
    static StoredMessage read(ResultSet row) throws SQLException {
        return new StoredMessage(
                row.getLong(1), row.getLong(2), ClientIdCodec.decode(row.getBytes(3)), row.getLong(4), content(row));
    }

    private static Content content(ResultSet row) throws SQLException {
        int shape = row.getInt(6);
        return content(row.getInt(5), shape, Payload.wrap((shape & 1) == 0, row.getBytes(7)), row.getBytes(8));
    }

    /** A content from its columns, with an empty body. */
    static Content withoutBody(int kind, int shape, byte @Nullable [] stored) {
        return content(kind, shape, Payload.EMPTY, stored);
    }

    private static Content content(int kind, int shape, Payload payload, byte @Nullable [] stored) {
        int type = shape >> 1;
        ExtraCodec.Extra extra = ExtraCodec.decode(stored);
        return new Content(
                kind == Codes.OTHER ? extra.kind() : Codes.kind(kind),
                type == Codes.OTHER ? extra.type() : Codes.type(type),
                payload,
                extra.ext(),
                extra.replyTo(),
                extra.mentions(),
                extra.revises(),
                extra.revisedBy());
    }
}
