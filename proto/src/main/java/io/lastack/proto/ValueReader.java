package io.lastack.proto;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.proto.v1.Body;
import io.lastack.proto.v1.Message;
import io.lastack.proto.v1.Status;

/** Makes what several frames share of what was read. */
final class ValueReader {
    private ValueReader() {}

    static io.lastack.log.Message message(ConversationId conversation, Fields in) {
        return new io.lastack.log.Message(
                conversation,
                in.integer(Message.SEQ_FIELD_NUMBER),
                in.integer(Message.SENT_AT_FIELD_NUMBER),
                user(in, Message.SENDER_FIELD_NUMBER),
                new ClientMessageId(in.string(Message.CLIENT_MESSAGE_ID_FIELD_NUMBER)),
                content(in));
    }

    private static Content content(Fields in) {
        String kind = in.string(Message.KIND_FIELD_NUMBER);
        Payload payload =
                body(in, Message.TEXT_FIELD_NUMBER, Message.BODY_FIELD_NUMBER).toPayload();
        return new Content(
                kind.isEmpty() ? Content.MESSAGE : kind,
                in.string(Message.TYPE_FIELD_NUMBER),
                payload,
                in.entries(Message.EXT_FIELD_NUMBER),
                in.integer(Message.REPLY_TO_FIELD_NUMBER),
                in.strings(Message.MENTIONS_FIELD_NUMBER).stream()
                        .map(UserId::of)
                        .toList(),
                in.integer(Message.REVISES_FIELD_NUMBER),
                in.integer(Message.REVISED_BY_FIELD_NUMBER));
    }

    static UserId user(Fields in, int field) {
        return new UserId(in.string(field));
    }

    static ConversationId conversation(Fields in, int field) {
        return ConversationId.parse(in.string(field));
    }

    static io.lastack.session.Body body(Fields in) {
        return body(in, Body.TEXT_FIELD_NUMBER, Body.BODY_FIELD_NUMBER);
    }

    /** The body that is a field of its own. */
    static io.lastack.session.Body body(Fields in, int field) {
        return body(in.message(field));
    }

    static io.lastack.session.Body body(Fields in, int text, int bytes) {
        return new io.lastack.session.Body(in.stringOrNull(text), in.bytesOrNull(bytes));
    }

    static io.lastack.session.Status status(Fields in) {
        return new io.lastack.session.Status(
                in.count(Status.CODE_FIELD_NUMBER),
                in.string(Status.MESSAGE_FIELD_NUMBER),
                in.integer(Status.RETRY_AFTER_MILLIS_FIELD_NUMBER));
    }
}
