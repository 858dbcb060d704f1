package io.lastack.proto;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.proto.v1.Appended;
import io.lastack.proto.v1.Conversation;
import io.lastack.proto.v1.ConversationPage;
import io.lastack.proto.v1.GroupInfo;
import io.lastack.proto.v1.GroupMember;
import io.lastack.proto.v1.GroupResult;
import io.lastack.proto.v1.Page;
import io.lastack.proto.v1.Peer;
import io.lastack.proto.v1.PresenceResult;
import io.lastack.proto.v1.Reaction;
import io.lastack.proto.v1.Reader;
import io.lastack.proto.v1.Receipts;
import io.lastack.proto.v1.Reply;
import io.lastack.proto.v1.RoomResult;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes replies of what was read. */
final class ReplyReader {
    private ReplyReader() {}

    static ServerFrame reply(Fields in) throws FrameFault {
        return new ServerFrame.Reply(
                in.integer(Reply.REQUEST_ID_FIELD_NUMBER),
                ValueReader.status(in.message(Reply.STATUS_FIELD_NUMBER)),
                result(in));
    }

    private static @Nullable Result result(Fields reply) throws FrameFault {
        int kind = reply.onlyOrNone("result");
        if (kind == 0) {
            return null;
        }
        Fields in = reply.message(kind);
        return switch (kind) {
            case Reply.SEND_FIELD_NUMBER -> new Result.Send(conversation(in), seq(in), sentAt(in), duplicate(in));
            case Reply.REVISE_FIELD_NUMBER -> new Result.Revise(conversation(in), seq(in), sentAt(in), duplicate(in));
            case Reply.NOTIFY_FIELD_NUMBER -> new Result.Notify(conversation(in), seq(in), sentAt(in), duplicate(in));
            case Reply.FETCH_FIELD_NUMBER -> page(in);
            case Reply.CONVERSATIONS_FIELD_NUMBER ->
                new Result.Conversations(
                        in.messages(ConversationPage.CONVERSATIONS_FIELD_NUMBER, ReplyReader::conversationSeen),
                        in.stringOrNull(ConversationPage.CURSOR_FIELD_NUMBER));
            case Reply.RECEIPTS_FIELD_NUMBER -> receipts(in);
            case Reply.GROUP_FIELD_NUMBER -> group(in);
            case Reply.PRESENCE_FIELD_NUMBER ->
                new Result.Presence(in.messages(PresenceResult.USERS_FIELD_NUMBER, ServerFrameReader::presence));
            case Reply.ROOM_FIELD_NUMBER ->
                new Result.Room(in.string(RoomResult.ROOM_FIELD_NUMBER), in.count(RoomResult.COUNT_FIELD_NUMBER));
            case Reply.BLOCKED_FIELD_NUMBER -> OwnReader.blocked(in);
            default -> throw new IllegalStateException("result " + kind + " has no reader");
        };
    }

    private static ConversationId conversation(Fields appended) {
        return ValueReader.conversation(appended, Appended.CONVERSATION_FIELD_NUMBER);
    }

    private static long seq(Fields appended) {
        return appended.integer(Appended.SEQ_FIELD_NUMBER);
    }

    private static long sentAt(Fields appended) {
        return appended.integer(Appended.SENT_AT_FIELD_NUMBER);
    }

    private static boolean duplicate(Fields appended) {
        return appended.flag(Appended.DUPLICATE_FIELD_NUMBER);
    }

    private static Result page(Fields in) throws FrameFault {
        ConversationId conversation = ValueReader.conversation(in, Page.CONVERSATION_FIELD_NUMBER);
        return new Result.Fetch(
                conversation,
                in.messages(Page.MESSAGES_FIELD_NUMBER, message -> ValueReader.message(conversation, message)),
                in.flag(Page.MORE_FIELD_NUMBER),
                in.messages(Page.REACTIONS_FIELD_NUMBER, ReplyReader::reaction));
    }

    private static io.lastack.log.Reaction reaction(Fields in) {
        return new io.lastack.log.Reaction(
                in.integer(Reaction.SEQ_FIELD_NUMBER),
                ValueReader.user(in, Reaction.USER_FIELD_NUMBER),
                in.string(Reaction.EMOJI_FIELD_NUMBER),
                in.integer(Reaction.BY_FIELD_NUMBER));
    }

    private static Result.Conversation conversationSeen(Fields in) {
        ConversationId conversation = ValueReader.conversation(in, Conversation.CONVERSATION_FIELD_NUMBER);
        Fields lastMessage = in.messageOrNull(Conversation.LAST_MESSAGE_FIELD_NUMBER);
        Fields peer = in.messageOrNull(Conversation.PEER_FIELD_NUMBER);
        return new Result.Conversation(
                conversation,
                in.string(Conversation.NAME_FIELD_NUMBER),
                in.string(Conversation.ROLE_FIELD_NUMBER),
                in.integer(Conversation.LAST_SEQ_FIELD_NUMBER),
                in.integer(Conversation.LAST_ACK_FIELD_NUMBER),
                in.integer(Conversation.LAST_READ_FIELD_NUMBER),
                in.integer(Conversation.UNREAD_FIELD_NUMBER),
                in.integer(Conversation.MENTIONS_FIELD_NUMBER),
                in.integer(Conversation.JOINED_SEQ_FIELD_NUMBER),
                in.integer(Conversation.LEFT_SEQ_FIELD_NUMBER),
                lastMessage == null ? null : ValueReader.message(conversation, lastMessage),
                peer == null ? null : peer(peer),
                in.integer(Conversation.MUTED_UNTIL_FIELD_NUMBER),
                OwnReader.settings(in.messageOrNull(Conversation.SETTINGS_FIELD_NUMBER)));
    }

    private static Result.Peer peer(Fields in) {
        return new Result.Peer(
                ValueReader.user(in, Peer.USER_FIELD_NUMBER),
                in.integer(Peer.LAST_ACK_FIELD_NUMBER),
                in.integer(Peer.LAST_READ_FIELD_NUMBER));
    }

    private static Result receipts(Fields in) throws FrameFault {
        return new Result.Receipts(
                ValueReader.conversation(in, Receipts.CONVERSATION_FIELD_NUMBER),
                in.integer(Receipts.SEQ_FIELD_NUMBER),
                in.messages(Receipts.READ_BY_FIELD_NUMBER, ReplyReader::reader),
                users(in.strings(Receipts.UNREAD_BY_FIELD_NUMBER)),
                in.messages(Receipts.DELIVERED_TO_FIELD_NUMBER, ReplyReader::reader),
                in.count(Receipts.READ_COUNT_FIELD_NUMBER),
                in.count(Receipts.UNREAD_COUNT_FIELD_NUMBER),
                in.count(Receipts.DELIVERED_COUNT_FIELD_NUMBER));
    }

    private static Result.Reader reader(Fields in) {
        return new Result.Reader(ValueReader.user(in, Reader.USER_FIELD_NUMBER), in.integer(Reader.AT_FIELD_NUMBER));
    }

    private static List<UserId> users(List<String> names) {
        return names.stream().map(UserId::of).toList();
    }

    private static Result group(Fields in) throws FrameFault {
        return new Result.Group(
                ValueReader.conversation(in, GroupResult.CONVERSATION_FIELD_NUMBER),
                in.string(GroupResult.NAME_FIELD_NUMBER),
                in.integer(GroupResult.SEQ_FIELD_NUMBER),
                in.messages(GroupResult.MEMBERS_FIELD_NUMBER, ReplyReader::member),
                in.stringOrNull(GroupResult.AFTER_FIELD_NUMBER),
                info(in.messageOrNull(GroupResult.INFO_FIELD_NUMBER)));
    }

    private static Result.@Nullable GroupInfo info(@Nullable Fields in) {
        return in == null
                ? null
                : new Result.GroupInfo(
                        in.entries(GroupInfo.ATTRIBUTES_FIELD_NUMBER),
                        in.string(GroupInfo.HISTORY_FIELD_NUMBER),
                        in.count(GroupInfo.MEMBER_COUNT_FIELD_NUMBER),
                        in.string(GroupInfo.ROLE_FIELD_NUMBER),
                        in.integer(GroupInfo.MUTED_UNTIL_FIELD_NUMBER));
    }

    private static Result.GroupMember member(Fields in) {
        return new Result.GroupMember(
                ValueReader.user(in, GroupMember.USER_FIELD_NUMBER),
                in.string(GroupMember.ROLE_FIELD_NUMBER),
                in.integer(GroupMember.JOINED_SEQ_FIELD_NUMBER),
                in.integer(GroupMember.MUTED_UNTIL_FIELD_NUMBER));
    }
}
