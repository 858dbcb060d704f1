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

import io.lastack.log.ConversationId;
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
import org.jspecify.annotations.Nullable;

/** Makes the frames of the server of what was read, but for what is in replies. */
final class ServerFrameReader {
    private ServerFrameReader() {}

    /** The frame, or null if it is of a kind that this version does not know. */
    static @Nullable ServerFrame read(Fields frame) throws FrameFault {
        int kind = frame.onlyOrNone("frame");
        if (kind == 0) {
            return null;
        }
        Fields in = frame.message(kind);
        return switch (kind) {
            case WELCOME_FIELD_NUMBER -> welcome(in);
            case REPLY_FIELD_NUMBER -> ReplyReader.reply(in);
            case DELIVER_FIELD_NUMBER -> deliver(in);
            case SKIPPED_FIELD_NUMBER -> skipped(in);
            case RECEIPT_FIELD_NUMBER -> receipt(in);
            case MEMBERSHIP_FIELD_NUMBER -> membership(in);
            case PRESENCE_FIELD_NUMBER -> presence(in);
            case ROOM_EVENT_FIELD_NUMBER -> roomEvent(in);
            case SIGNAL_FIELD_NUMBER -> signal(in);
            case GO_AWAY_FIELD_NUMBER ->
                new ServerFrame.GoAway(
                        in.string(GoAway.REASON_FIELD_NUMBER), in.integer(GoAway.RECONNECT_AFTER_MILLIS_FIELD_NUMBER));
            case ERROR_FIELD_NUMBER ->
                new ServerFrame.Error(ValueReader.status(in.message(ErrorFrame.STATUS_FIELD_NUMBER)));
            case TOKEN_EXPIRING_FIELD_NUMBER ->
                new ServerFrame.TokenExpiring(in.integer(TokenExpiring.IN_MILLIS_FIELD_NUMBER));
            default -> throw new IllegalStateException("frame " + kind + " has no reader");
        };
    }

    private static ServerFrame welcome(Fields in) {
        return new ServerFrame.Welcome(
                in.string(Welcome.SESSION_ID_FIELD_NUMBER),
                in.string(Welcome.USER_FIELD_NUMBER),
                in.string(Welcome.DEVICE_ID_FIELD_NUMBER),
                in.integer(Welcome.SERVER_TIME_FIELD_NUMBER),
                in.integer(Welcome.HEARTBEAT_MILLIS_FIELD_NUMBER),
                in.count(Welcome.WINDOW_FIELD_NUMBER),
                limits(in.message(Welcome.LIMITS_FIELD_NUMBER)),
                in.flag(Welcome.RESUMED_FIELD_NUMBER),
                in.string(Welcome.EPOCH_FIELD_NUMBER));
    }

    private static ServerFrame.Limits limits(Fields in) {
        return new ServerFrame.Limits(
                in.count(Limits.MAX_PACKET_BYTES_FIELD_NUMBER),
                in.count(Limits.MAX_BODY_BYTES_FIELD_NUMBER),
                in.count(Limits.MAX_FETCH_FIELD_NUMBER));
    }

    private static ServerFrame deliver(Fields in) throws FrameFault {
        ConversationId conversation = ValueReader.conversation(in, Deliver.CONVERSATION_FIELD_NUMBER);
        return new ServerFrame.Deliver(
                conversation,
                in.messages(Deliver.MESSAGES_FIELD_NUMBER, message -> ValueReader.message(conversation, message)));
    }

    private static ServerFrame skipped(Fields in) {
        return new ServerFrame.Skipped(
                ValueReader.conversation(in, Skipped.CONVERSATION_FIELD_NUMBER),
                in.integer(Skipped.FROM_SEQ_FIELD_NUMBER),
                in.integer(Skipped.TO_SEQ_FIELD_NUMBER),
                in.string(Skipped.REASON_FIELD_NUMBER));
    }

    private static ServerFrame receipt(Fields in) {
        return new ServerFrame.Receipt(
                ValueReader.conversation(in, Receipt.CONVERSATION_FIELD_NUMBER),
                ValueReader.user(in, Receipt.USER_FIELD_NUMBER),
                in.integer(Receipt.LAST_ACK_FIELD_NUMBER),
                in.integer(Receipt.LAST_READ_FIELD_NUMBER));
    }

    private static ServerFrame membership(Fields in) {
        return new ServerFrame.Membership(
                ValueReader.conversation(in, Membership.CONVERSATION_FIELD_NUMBER),
                ValueReader.user(in, Membership.USER_FIELD_NUMBER),
                in.string(Membership.CHANGE_FIELD_NUMBER),
                in.string(Membership.ROLE_FIELD_NUMBER),
                in.integer(Membership.JOINED_SEQ_FIELD_NUMBER),
                in.integer(Membership.LEFT_SEQ_FIELD_NUMBER),
                in.integer(Membership.MUTED_UNTIL_FIELD_NUMBER));
    }

    static ServerFrame.Presence presence(Fields in) {
        return new ServerFrame.Presence(
                ValueReader.user(in, Presence.USER_FIELD_NUMBER),
                in.flag(Presence.ONLINE_FIELD_NUMBER),
                in.strings(Presence.DEVICES_FIELD_NUMBER),
                in.integer(Presence.LAST_ACTIVITY_FIELD_NUMBER),
                in.flag(Presence.AWAY_FIELD_NUMBER));
    }

    private static ServerFrame roomEvent(Fields in) {
        return new ServerFrame.RoomEvent(
                in.string(RoomEvent.ROOM_FIELD_NUMBER),
                in.string(RoomEvent.EVENT_FIELD_NUMBER),
                ValueReader.body(in, RoomEvent.PAYLOAD_FIELD_NUMBER),
                ValueReader.user(in, RoomEvent.SENDER_FIELD_NUMBER),
                in.integer(RoomEvent.SENT_AT_FIELD_NUMBER));
    }

    private static ServerFrame signal(Fields in) {
        return new ServerFrame.Signal(
                ValueReader.conversation(in, Signal.CONVERSATION_FIELD_NUMBER),
                in.string(Signal.EVENT_FIELD_NUMBER),
                ValueReader.body(in, Signal.PAYLOAD_FIELD_NUMBER),
                ValueReader.user(in, Signal.SENDER_FIELD_NUMBER));
    }
}
