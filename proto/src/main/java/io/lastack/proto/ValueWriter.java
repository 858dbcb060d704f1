package io.lastack.proto;

import io.lastack.log.Content;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.proto.v1.Body;
import io.lastack.proto.v1.Message;
import io.lastack.proto.v1.Status;
import java.io.IOException;

/** Writes what several frames share. */
final class ValueWriter {
    private ValueWriter() {}

    static void message(FieldWriter out, io.lastack.log.Message message) throws IOException {
        Content content = message.content();
        out.integer(Message.SEQ_FIELD_NUMBER, message.seq());
        out.string(
                Message.CLIENT_MESSAGE_ID_FIELD_NUMBER,
                message.clientMessageId().value());
        out.string(Message.SENDER_FIELD_NUMBER, message.sender().value());
        out.string(Message.TYPE_FIELD_NUMBER, content.type());
        payload(out, content.payload());
        out.integer(Message.SENT_AT_FIELD_NUMBER, message.sentAt());
        out.entriesIfSet(Message.EXT_FIELD_NUMBER, content.ext());
        out.integerIfSet(Message.REPLY_TO_FIELD_NUMBER, content.replyTo());
        out.stringsIfSet(Message.MENTIONS_FIELD_NUMBER, content.mentions(), UserId::value);
        if (!content.kind().equals(Content.MESSAGE)) {
            out.string(Message.KIND_FIELD_NUMBER, content.kind());
        }
        out.integerIfSet(Message.REVISES_FIELD_NUMBER, content.revises());
        out.integerIfSet(Message.REVISED_BY_FIELD_NUMBER, content.revisedBy());
    }

    /** The text goes as it is stored, without becoming a string on the way. */
    private static void payload(FieldWriter out, Payload payload) throws IOException {
        if (!payload.isText()) {
            out.bytes(Message.BODY_FIELD_NUMBER, payload.data());
        } else if (payload.size() > 0) {
            out.text(Message.TEXT_FIELD_NUMBER, payload.data());
        }
    }

    static void body(FieldWriter out, io.lastack.session.Body body) throws IOException {
        body(out, body, Body.TEXT_FIELD_NUMBER, Body.BODY_FIELD_NUMBER);
    }

    static void body(FieldWriter out, io.lastack.session.Body body, int text, int bytes) throws IOException {
        out.optional(text, body.text());
        if (body.bytes() != null) {
            out.bytes(bytes, body.bytes());
        }
    }

    /** A body as a field of its own: left out where there is none. */
    static void bodyIfSet(FieldWriter out, int field, io.lastack.session.Body body) throws IOException {
        if (body.text() != null || body.bytes() != null) {
            out.message(field, body, ValueWriter::body);
        }
    }

    static void status(FieldWriter out, io.lastack.session.Status status) throws IOException {
        out.integer(Status.CODE_FIELD_NUMBER, status.code());
        out.stringIfSet(Status.MESSAGE_FIELD_NUMBER, status.message());
        out.integerIfSet(Status.RETRY_AFTER_MILLIS_FIELD_NUMBER, status.retryAfterMillis());
    }
}
