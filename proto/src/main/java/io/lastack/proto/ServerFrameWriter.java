package io.lastack.proto;

import static io.lastack.proto.v1.ServerFrame.DELIVER_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.ERROR_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.GO_AWAY_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.MEMBERSHIP_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.PRESENCE_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.RECEIPT_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.REPLY_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.ROOM_EVENT_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.SIGNAL_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.SKIPPED_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.TOKEN_EXPIRING_FIELD_NUMBER;
import static io.lastack.proto.v1.ServerFrame.WELCOME_FIELD_NUMBER;

import io.lastack.proto.v1.Deliver;
import io.lastack.proto.v1.ErrorFrame;
import io.lastack.proto.v1.GoAway;
import io.lastack.proto.v1.Limits;
import io.lastack.proto.v1.Membership;
import io.lastack.proto.v1.Presence;
import io.lastack.proto.v1.Receipt;
import io.lastack.proto.v1.RoomEvent;
import io.lastack.proto.v1.Signal;
import io.lastack.proto.v1.Skipped;
import io.lastack.proto.v1.TokenExpiring;
import io.lastack.proto.v1.Welcome;
import io.lastack.session.ServerFrame;
import java.io.IOException;
import java.util.function.Function;

/** Writes the frames of the server, but for what is in replies. */
final class ServerFrameWriter {
    private static final Variants<ServerFrame> FRAMES = new Variants<ServerFrame>()
            .with(ServerFrame.Welcome.class, WELCOME_FIELD_NUMBER, ServerFrameWriter::welcome)
            .with(ServerFrame.Reply.class, REPLY_FIELD_NUMBER, ReplyWriter::reply)
            .with(ServerFrame.Deliver.class, DELIVER_FIELD_NUMBER, ServerFrameWriter::deliver)
            .with(ServerFrame.Skipped.class, SKIPPED_FIELD_NUMBER, ServerFrameWriter::skipped)
            .with(ServerFrame.Receipt.class, RECEIPT_FIELD_NUMBER, ServerFrameWriter::receipt)
            .with(ServerFrame.Membership.class, MEMBERSHIP_FIELD_NUMBER, ServerFrameWriter::membership)
            .with(ServerFrame.Presence.class, PRESENCE_FIELD_NUMBER, ServerFrameWriter::presence)
            .with(ServerFrame.RoomEvent.class, ROOM_EVENT_FIELD_NUMBER, ServerFrameWriter::roomEvent)
            .with(ServerFrame.Signal.class, SIGNAL_FIELD_NUMBER, ServerFrameWriter::signal)
            .with(ServerFrame.GoAway.class, GO_AWAY_FIELD_NUMBER, ServerFrameWriter::goAway)
            .with(ServerFrame.Error.class, ERROR_FIELD_NUMBER, ServerFrameWriter::error)
            .with(
                    ServerFrame.TokenExpiring.class,
                    TOKEN_EXPIRING_FIELD_NUMBER,
                    (out, expiring) -> out.integer(TokenExpiring.IN_MILLIS_FIELD_NUMBER, expiring.inMillis()));

    private ServerFrameWriter() {}

    static void write(FieldWriter out, ServerFrame frame) throws IOException {
        FRAMES.write(out, frame);
    }

    private static void welcome(FieldWriter out, ServerFrame.Welcome welcome) throws IOException {
        out.string(Welcome.SESSION_ID_FIELD_NUMBER, welcome.sessionId());
        out.string(Welcome.USER_FIELD_NUMBER, welcome.user());
        out.string(Welcome.DEVICE_ID_FIELD_NUMBER, welcome.deviceId());
        out.integer(Welcome.SERVER_TIME_FIELD_NUMBER, welcome.serverTime());
        out.integer(Welcome.HEARTBEAT_MILLIS_FIELD_NUMBER, welcome.heartbeatMillis());
        out.integer(Welcome.WINDOW_FIELD_NUMBER, welcome.window());
        out.message(Welcome.LIMITS_FIELD_NUMBER, welcome.limits(), ServerFrameWriter::limits);
        out.flag(Welcome.RESUMED_FIELD_NUMBER, welcome.resumed());
        out.string(Welcome.EPOCH_FIELD_NUMBER, welcome.epoch());
    }

    private static void limits(FieldWriter out, ServerFrame.Limits limits) throws IOException {
        out.integer(Limits.MAX_PACKET_BYTES_FIELD_NUMBER, limits.maxPacketBytes());
        out.integer(Limits.MAX_BODY_BYTES_FIELD_NUMBER, limits.maxBodyBytes());
        out.integer(Limits.MAX_FETCH_FIELD_NUMBER, limits.maxFetch());
    }

    private static void deliver(FieldWriter out, ServerFrame.Deliver deliver) throws IOException {
        out.string(Deliver.CONVERSATION_FIELD_NUMBER, deliver.conversation().value());
        out.messages(Deliver.MESSAGES_FIELD_NUMBER, deliver.messages(), ValueWriter::message);
    }

    private static void skipped(FieldWriter out, ServerFrame.Skipped skipped) throws IOException {
        out.string(Skipped.CONVERSATION_FIELD_NUMBER, skipped.conversation().value());
        out.integer(Skipped.FROM_SEQ_FIELD_NUMBER, skipped.fromSeq());
        out.integer(Skipped.TO_SEQ_FIELD_NUMBER, skipped.toSeq());
        out.string(Skipped.REASON_FIELD_NUMBER, skipped.reason());
    }

    private static void receipt(FieldWriter out, ServerFrame.Receipt receipt) throws IOException {
        out.string(Receipt.CONVERSATION_FIELD_NUMBER, receipt.conversation().value());
        out.string(Receipt.USER_FIELD_NUMBER, receipt.user().value());
        out.integerIfSet(Receipt.LAST_ACK_FIELD_NUMBER, receipt.lastAck());
        out.integerIfSet(Receipt.LAST_READ_FIELD_NUMBER, receipt.lastRead());
    }

    private static void membership(FieldWriter out, ServerFrame.Membership membership) throws IOException {
        out.string(
                Membership.CONVERSATION_FIELD_NUMBER, membership.conversation().value());
        out.string(Membership.USER_FIELD_NUMBER, membership.user().value());
        out.string(Membership.CHANGE_FIELD_NUMBER, membership.change());
        out.stringIfSet(Membership.ROLE_FIELD_NUMBER, membership.role());
        out.integer(Membership.JOINED_SEQ_FIELD_NUMBER, membership.joinedSeq());
        out.integerIfSet(Membership.LEFT_SEQ_FIELD_NUMBER, membership.leftSeq());
        out.integerIfSet(Membership.MUTED_UNTIL_FIELD_NUMBER, membership.mutedUntil());
    }

    static void presence(FieldWriter out, ServerFrame.Presence presence) throws IOException {
        out.string(Presence.USER_FIELD_NUMBER, presence.user().value());
        out.flag(Presence.ONLINE_FIELD_NUMBER, presence.online());
        out.strings(Presence.DEVICES_FIELD_NUMBER, presence.devices(), Function.identity());
        out.integer(Presence.LAST_ACTIVITY_FIELD_NUMBER, presence.lastActivity());
        if (presence.away()) {
            out.flag(Presence.AWAY_FIELD_NUMBER, true);
        }
    }

    private static void roomEvent(FieldWriter out, ServerFrame.RoomEvent event) throws IOException {
        out.string(RoomEvent.ROOM_FIELD_NUMBER, event.room());
        out.string(RoomEvent.EVENT_FIELD_NUMBER, event.event());
        ValueWriter.bodyIfSet(out, RoomEvent.PAYLOAD_FIELD_NUMBER, event.payload());
        out.string(RoomEvent.SENDER_FIELD_NUMBER, event.sender().value());
        out.integer(RoomEvent.SENT_AT_FIELD_NUMBER, event.sentAt());
    }

    private static void signal(FieldWriter out, ServerFrame.Signal signal) throws IOException {
        out.string(Signal.CONVERSATION_FIELD_NUMBER, signal.conversation().value());
        out.string(Signal.EVENT_FIELD_NUMBER, signal.event());
        ValueWriter.bodyIfSet(out, Signal.PAYLOAD_FIELD_NUMBER, signal.payload());
        out.string(Signal.SENDER_FIELD_NUMBER, signal.sender().value());
    }

    private static void goAway(FieldWriter out, ServerFrame.GoAway goAway) throws IOException {
        out.string(GoAway.REASON_FIELD_NUMBER, goAway.reason());
        out.integer(GoAway.RECONNECT_AFTER_MILLIS_FIELD_NUMBER, goAway.reconnectAfterMillis());
    }

    private static void error(FieldWriter out, ServerFrame.Error error) throws IOException {
        out.message(ErrorFrame.STATUS_FIELD_NUMBER, error.status(), ValueWriter::status);
    }
}
