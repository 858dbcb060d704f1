package io.lastack.proto;

import static io.lastack.proto.v1.ClientFrame.ACK_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.BLOCKED_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.BLOCK_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.CONVERSATIONS_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.FETCH_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.GROUP_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.HELLO_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.NOTIFY_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.PING_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.PRESENCE_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.READ_ALL_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.READ_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.RECEIPTS_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.REQUEST_ID_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.REVISE_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.ROOM_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.SEND_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.SETTINGS_FIELD_NUMBER;
import static io.lastack.proto.v1.ClientFrame.SIGNAL_FIELD_NUMBER;

import io.lastack.proto.v1.Ack;
import io.lastack.proto.v1.ConversationsRequest;
import io.lastack.proto.v1.FetchRequest;
import io.lastack.proto.v1.HelloRequest;
import io.lastack.proto.v1.Nack;
import io.lastack.proto.v1.NotifyRequest;
import io.lastack.proto.v1.Position;
import io.lastack.proto.v1.PresenceRequest;
import io.lastack.proto.v1.ReadRequest;
import io.lastack.proto.v1.ReceiptsRequest;
import io.lastack.proto.v1.SendRequest;
import io.lastack.session.ClientFrame;

/** Makes the frames of clients of what was read. */
final class ClientFrameReader {
    private ClientFrameReader() {}

    static ClientFrame read(Fields frame) throws FrameFault {
        int kind = frame.only("frame");
        try {
            return read(kind, requestId(frame), frame.message(kind));
        } catch (FrameFault e) {
            throw e.inside(frame.field(kind));
        }
    }

    private static ClientFrame read(int kind, long id, Fields in) throws FrameFault {
        return switch (kind) {
            case HELLO_FIELD_NUMBER -> hello(id, in);
            case PING_FIELD_NUMBER -> new ClientFrame.Ping(id);
            case SEND_FIELD_NUMBER -> send(id, in);
            case ACK_FIELD_NUMBER -> ack(in);
            case READ_FIELD_NUMBER -> read(id, in);
            case FETCH_FIELD_NUMBER -> fetch(id, in);
            case CONVERSATIONS_FIELD_NUMBER -> conversations(id, in);
            case RECEIPTS_FIELD_NUMBER -> receipts(id, in);
            case REVISE_FIELD_NUMBER -> ActionReader.revise(id, in);
            case NOTIFY_FIELD_NUMBER -> notify(id, in);
            case GROUP_FIELD_NUMBER -> ActionReader.group(id, in);
            case PRESENCE_FIELD_NUMBER -> presence(id, in);
            case ROOM_FIELD_NUMBER -> ActionReader.room(id, in);
            case SIGNAL_FIELD_NUMBER -> ActionReader.signal(in);
            case SETTINGS_FIELD_NUMBER -> OwnReader.settings(id, in);
            case BLOCK_FIELD_NUMBER -> OwnReader.block(id, in);
            case BLOCKED_FIELD_NUMBER -> OwnReader.blocked(id, in);
            case READ_ALL_FIELD_NUMBER -> new ClientFrame.ReadAll(id);
            default -> throw new IllegalStateException("frame " + kind + " has no reader");
        };
    }

    static long requestId(Fields frame) {
        return frame.integer(REQUEST_ID_FIELD_NUMBER);
    }

    private static ClientFrame hello(long id, Fields in) throws FrameFault {
        return new ClientFrame.Hello(
                id,
                in.stringOrNull(HelloRequest.TOKEN_FIELD_NUMBER),
                in.stringOrNull(HelloRequest.DEVICE_ID_FIELD_NUMBER),
                in.messages(HelloRequest.RESUME_FIELD_NUMBER, ClientFrameReader::position),
                in.stringOrNull(HelloRequest.CLIENT_FIELD_NUMBER),
                in.stringOrNull(HelloRequest.EPOCH_FIELD_NUMBER));
    }

    private static ClientFrame send(long id, Fields in) {
        return new ClientFrame.Send(
                id,
                in.string(SendRequest.CONVERSATION_FIELD_NUMBER),
                in.string(SendRequest.CLIENT_MESSAGE_ID_FIELD_NUMBER),
                in.string(SendRequest.TYPE_FIELD_NUMBER),
                ValueReader.body(in, SendRequest.TEXT_FIELD_NUMBER, SendRequest.BODY_FIELD_NUMBER),
                in.entries(SendRequest.EXT_FIELD_NUMBER),
                in.integer(SendRequest.REPLY_TO_FIELD_NUMBER),
                in.strings(SendRequest.MENTIONS_FIELD_NUMBER));
    }

    private static ClientFrame ack(Fields in) throws FrameFault {
        return new ClientFrame.Ack(
                in.messages(Ack.POSITIONS_FIELD_NUMBER, ClientFrameReader::position),
                in.messages(Ack.NACKS_FIELD_NUMBER, ClientFrameReader::nack));
    }

    private static ClientFrame.Position position(Fields in) {
        return new ClientFrame.Position(
                in.string(Position.CONVERSATION_FIELD_NUMBER), in.integer(Position.SEQ_FIELD_NUMBER));
    }

    private static ClientFrame.Nack nack(Fields in) {
        return new ClientFrame.Nack(
                in.string(Nack.CONVERSATION_FIELD_NUMBER),
                in.integer(Nack.SEQ_FIELD_NUMBER),
                in.string(Nack.REASON_FIELD_NUMBER));
    }

    private static ClientFrame read(long id, Fields in) {
        return new ClientFrame.Read(
                id, in.string(ReadRequest.CONVERSATION_FIELD_NUMBER), in.integer(ReadRequest.SEQ_FIELD_NUMBER));
    }

    private static ClientFrame fetch(long id, Fields in) {
        return new ClientFrame.Fetch(
                id,
                in.string(FetchRequest.CONVERSATION_FIELD_NUMBER),
                in.integer(FetchRequest.AFTER_SEQ_FIELD_NUMBER),
                in.integer(FetchRequest.BEFORE_SEQ_FIELD_NUMBER),
                in.count(FetchRequest.LIMIT_FIELD_NUMBER));
    }

    private static ClientFrame conversations(long id, Fields in) {
        return new ClientFrame.Conversations(
                id,
                in.stringOrNull(ConversationsRequest.CURSOR_FIELD_NUMBER),
                in.count(ConversationsRequest.LIMIT_FIELD_NUMBER));
    }

    private static ClientFrame receipts(long id, Fields in) {
        return new ClientFrame.Receipts(
                id,
                in.string(ReceiptsRequest.CONVERSATION_FIELD_NUMBER),
                in.integer(ReceiptsRequest.SEQ_FIELD_NUMBER),
                in.flag(ReceiptsRequest.COUNTS_ONLY_FIELD_NUMBER));
    }

    private static ClientFrame notify(long id, Fields in) {
        return new ClientFrame.Notify(
                id,
                in.string(NotifyRequest.USER_FIELD_NUMBER),
                in.stringOrNull(NotifyRequest.CLIENT_MESSAGE_ID_FIELD_NUMBER),
                in.string(NotifyRequest.TYPE_FIELD_NUMBER),
                in.string(NotifyRequest.STATUS_FIELD_NUMBER),
                in.string(NotifyRequest.REMARK_FIELD_NUMBER),
                in.entries(NotifyRequest.EXT_FIELD_NUMBER),
                in.integer(NotifyRequest.SEQ_FIELD_NUMBER));
    }

    private static ClientFrame presence(long id, Fields in) {
        return new ClientFrame.Presence(
                id, in.strings(PresenceRequest.WATCH_FIELD_NUMBER), in.strings(PresenceRequest.UNWATCH_FIELD_NUMBER));
    }
}
