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
import java.io.IOException;
import java.util.function.Function;

/** Writes the frames of clients. */
final class ClientFrameWriter {
    private static final Variants<ClientFrame> FRAMES = new Variants<ClientFrame>()
            .with(ClientFrame.Hello.class, HELLO_FIELD_NUMBER, ClientFrameWriter::hello)
            .with(ClientFrame.Ping.class, PING_FIELD_NUMBER)
            .with(ClientFrame.Send.class, SEND_FIELD_NUMBER, ClientFrameWriter::send)
            .with(ClientFrame.Ack.class, ACK_FIELD_NUMBER, ClientFrameWriter::ack)
            .with(ClientFrame.Read.class, READ_FIELD_NUMBER, ClientFrameWriter::read)
            .with(ClientFrame.Fetch.class, FETCH_FIELD_NUMBER, ClientFrameWriter::fetch)
            .with(ClientFrame.Conversations.class, CONVERSATIONS_FIELD_NUMBER, ClientFrameWriter::conversations)
            .with(ClientFrame.Receipts.class, RECEIPTS_FIELD_NUMBER, ClientFrameWriter::receipts)
            .with(ClientFrame.Revise.class, REVISE_FIELD_NUMBER, ActionWriter::revise)
            .with(ClientFrame.Notify.class, NOTIFY_FIELD_NUMBER, ClientFrameWriter::notify)
            .with(ClientFrame.Group.class, GROUP_FIELD_NUMBER, ActionWriter::group)
            .with(ClientFrame.Presence.class, PRESENCE_FIELD_NUMBER, ClientFrameWriter::presence)
            .with(ClientFrame.Room.class, ROOM_FIELD_NUMBER, ActionWriter::room)
            .with(ClientFrame.Signal.class, SIGNAL_FIELD_NUMBER, ActionWriter::signal)
            .with(ClientFrame.Settings.class, SETTINGS_FIELD_NUMBER, OwnWriter::settings)
            .with(ClientFrame.Block.class, BLOCK_FIELD_NUMBER, OwnWriter::block)
            .with(ClientFrame.Blocked.class, BLOCKED_FIELD_NUMBER, OwnWriter::blocked)
            .with(ClientFrame.ReadAll.class, READ_ALL_FIELD_NUMBER);

    private ClientFrameWriter() {}

    static void write(FieldWriter out, ClientFrame frame) throws IOException {
        if (frame instanceof ClientFrame.Request request) {
            out.integerIfSet(REQUEST_ID_FIELD_NUMBER, request.requestId());
        }
        FRAMES.write(out, frame);
    }

    private static void hello(FieldWriter out, ClientFrame.Hello hello) throws IOException {
        out.optional(HelloRequest.TOKEN_FIELD_NUMBER, hello.token());
        out.optional(HelloRequest.DEVICE_ID_FIELD_NUMBER, hello.deviceId());
        out.messagesIfSet(HelloRequest.RESUME_FIELD_NUMBER, hello.resume(), ClientFrameWriter::position);
        out.optional(HelloRequest.CLIENT_FIELD_NUMBER, hello.client());
        out.optional(HelloRequest.EPOCH_FIELD_NUMBER, hello.epoch());
    }

    private static void send(FieldWriter out, ClientFrame.Send send) throws IOException {
        out.string(SendRequest.CONVERSATION_FIELD_NUMBER, send.conversation());
        out.string(SendRequest.CLIENT_MESSAGE_ID_FIELD_NUMBER, send.clientMessageId());
        out.string(SendRequest.TYPE_FIELD_NUMBER, send.type());
        ValueWriter.body(out, send.body(), SendRequest.TEXT_FIELD_NUMBER, SendRequest.BODY_FIELD_NUMBER);
        out.entriesIfSet(SendRequest.EXT_FIELD_NUMBER, send.ext());
        out.integerIfSet(SendRequest.REPLY_TO_FIELD_NUMBER, send.replyTo());
        out.stringsIfSet(SendRequest.MENTIONS_FIELD_NUMBER, send.mentions(), Function.identity());
    }

    private static void ack(FieldWriter out, ClientFrame.Ack ack) throws IOException {
        out.messagesIfSet(Ack.POSITIONS_FIELD_NUMBER, ack.positions(), ClientFrameWriter::position);
        out.messagesIfSet(Ack.NACKS_FIELD_NUMBER, ack.nacks(), ClientFrameWriter::nack);
    }

    private static void position(FieldWriter out, ClientFrame.Position position) throws IOException {
        out.string(Position.CONVERSATION_FIELD_NUMBER, position.conversation());
        out.integer(Position.SEQ_FIELD_NUMBER, position.seq());
    }

    private static void nack(FieldWriter out, ClientFrame.Nack nack) throws IOException {
        out.string(Nack.CONVERSATION_FIELD_NUMBER, nack.conversation());
        out.integer(Nack.SEQ_FIELD_NUMBER, nack.seq());
        out.stringIfSet(Nack.REASON_FIELD_NUMBER, nack.reason());
    }

    private static void read(FieldWriter out, ClientFrame.Read read) throws IOException {
        out.string(ReadRequest.CONVERSATION_FIELD_NUMBER, read.conversation());
        out.integer(ReadRequest.SEQ_FIELD_NUMBER, read.seq());
    }

    private static void fetch(FieldWriter out, ClientFrame.Fetch fetch) throws IOException {
        out.string(FetchRequest.CONVERSATION_FIELD_NUMBER, fetch.conversation());
        out.integerIfSet(FetchRequest.AFTER_SEQ_FIELD_NUMBER, fetch.afterSeq());
        out.integerIfSet(FetchRequest.BEFORE_SEQ_FIELD_NUMBER, fetch.beforeSeq());
        out.integerIfSet(FetchRequest.LIMIT_FIELD_NUMBER, fetch.limit());
    }

    private static void conversations(FieldWriter out, ClientFrame.Conversations conversations) throws IOException {
        out.optional(ConversationsRequest.CURSOR_FIELD_NUMBER, conversations.cursor());
        out.integerIfSet(ConversationsRequest.LIMIT_FIELD_NUMBER, conversations.limit());
    }

    private static void receipts(FieldWriter out, ClientFrame.Receipts receipts) throws IOException {
        out.string(ReceiptsRequest.CONVERSATION_FIELD_NUMBER, receipts.conversation());
        out.integer(ReceiptsRequest.SEQ_FIELD_NUMBER, receipts.seq());
        if (receipts.countsOnly()) {
            out.flag(ReceiptsRequest.COUNTS_ONLY_FIELD_NUMBER, true);
        }
    }

    private static void notify(FieldWriter out, ClientFrame.Notify notify) throws IOException {
        out.string(NotifyRequest.USER_FIELD_NUMBER, notify.user());
        out.optional(NotifyRequest.CLIENT_MESSAGE_ID_FIELD_NUMBER, notify.clientMessageId());
        out.string(NotifyRequest.TYPE_FIELD_NUMBER, notify.type());
        out.stringIfSet(NotifyRequest.STATUS_FIELD_NUMBER, notify.status());
        out.stringIfSet(NotifyRequest.REMARK_FIELD_NUMBER, notify.remark());
        out.entriesIfSet(NotifyRequest.EXT_FIELD_NUMBER, notify.ext());
        out.integerIfSet(NotifyRequest.SEQ_FIELD_NUMBER, notify.seq());
    }

    private static void presence(FieldWriter out, ClientFrame.Presence presence) throws IOException {
        out.stringsIfSet(PresenceRequest.WATCH_FIELD_NUMBER, presence.watch(), Function.identity());
        out.stringsIfSet(PresenceRequest.UNWATCH_FIELD_NUMBER, presence.unwatch(), Function.identity());
    }
}
