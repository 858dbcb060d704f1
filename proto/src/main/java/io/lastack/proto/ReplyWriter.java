package io.lastack.proto;

import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
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
import java.io.IOException;

/** Writes replies. */
final class ReplyWriter {
    private static final Variants<Result> RESULTS = new Variants<Result>()
            .with(Result.Send.class, Reply.SEND_FIELD_NUMBER, ReplyWriter::send)
            .with(Result.Fetch.class, Reply.FETCH_FIELD_NUMBER, ReplyWriter::fetch)
            .with(Result.Conversations.class, Reply.CONVERSATIONS_FIELD_NUMBER, ReplyWriter::conversations)
            .with(Result.Receipts.class, Reply.RECEIPTS_FIELD_NUMBER, ReplyWriter::receipts)
            .with(Result.Group.class, Reply.GROUP_FIELD_NUMBER, ReplyWriter::group)
            .with(Result.Revise.class, Reply.REVISE_FIELD_NUMBER, ReplyWriter::revise)
            .with(Result.Notify.class, Reply.NOTIFY_FIELD_NUMBER, ReplyWriter::notify)
            .with(Result.Presence.class, Reply.PRESENCE_FIELD_NUMBER, ReplyWriter::presence)
            .with(Result.Room.class, Reply.ROOM_FIELD_NUMBER, ReplyWriter::room)
            .with(Result.Blocked.class, Reply.BLOCKED_FIELD_NUMBER, OwnWriter::blocked);

    private ReplyWriter() {}

    static void reply(FieldWriter out, ServerFrame.Reply reply) throws IOException {
        out.integer(Reply.REQUEST_ID_FIELD_NUMBER, reply.requestId());
        out.message(Reply.STATUS_FIELD_NUMBER, reply.status(), ValueWriter::status);
        if (reply.result() != null) {
            RESULTS.write(out, reply.result());
        }
    }

    private static void send(FieldWriter out, Result.Send send) throws IOException {
        appended(out, send.conversation(), send.seq(), send.sentAt(), send.duplicate());
    }

    private static void revise(FieldWriter out, Result.Revise revise) throws IOException {
        appended(out, revise.conversation(), revise.seq(), revise.sentAt(), revise.duplicate());
    }

    private static void notify(FieldWriter out, Result.Notify notify) throws IOException {
        appended(out, notify.conversation(), notify.seq(), notify.sentAt(), notify.duplicate());
    }

    private static void appended(FieldWriter out, ConversationId conversation, long seq, long sentAt, boolean duplicate)
            throws IOException {
        out.string(Appended.CONVERSATION_FIELD_NUMBER, conversation.value());
        out.integer(Appended.SEQ_FIELD_NUMBER, seq);
        out.integer(Appended.SENT_AT_FIELD_NUMBER, sentAt);
        out.flag(Appended.DUPLICATE_FIELD_NUMBER, duplicate);
    }

    private static void fetch(FieldWriter out, Result.Fetch fetch) throws IOException {
        out.string(Page.CONVERSATION_FIELD_NUMBER, fetch.conversation().value());
        out.messages(Page.MESSAGES_FIELD_NUMBER, fetch.messages(), ValueWriter::message);
        out.flag(Page.MORE_FIELD_NUMBER, fetch.more());
        if (!fetch.reactions().isEmpty()) {
            out.messages(Page.REACTIONS_FIELD_NUMBER, fetch.reactions(), ReplyWriter::reaction);
        }
    }

    private static void reaction(FieldWriter out, io.lastack.log.Reaction reaction) throws IOException {
        out.integer(Reaction.SEQ_FIELD_NUMBER, reaction.target());
        out.string(Reaction.USER_FIELD_NUMBER, reaction.user().value());
        out.string(Reaction.EMOJI_FIELD_NUMBER, reaction.emoji());
        out.integer(Reaction.BY_FIELD_NUMBER, reaction.seq());
    }

    private static void conversations(FieldWriter out, Result.Conversations page) throws IOException {
        out.messages(ConversationPage.CONVERSATIONS_FIELD_NUMBER, page.conversations(), ReplyWriter::conversation);
        out.optional(ConversationPage.CURSOR_FIELD_NUMBER, page.cursor());
    }

    private static void conversation(FieldWriter out, Result.Conversation conversation) throws IOException {
        out.string(
                Conversation.CONVERSATION_FIELD_NUMBER,
                conversation.conversation().value());
        out.stringIfSet(Conversation.NAME_FIELD_NUMBER, conversation.name());
        out.stringIfSet(Conversation.ROLE_FIELD_NUMBER, conversation.role());
        out.integer(Conversation.LAST_SEQ_FIELD_NUMBER, conversation.lastSeq());
        out.integer(Conversation.LAST_ACK_FIELD_NUMBER, conversation.lastAck());
        out.integer(Conversation.LAST_READ_FIELD_NUMBER, conversation.lastRead());
        out.integer(Conversation.UNREAD_FIELD_NUMBER, conversation.unread());
        out.integer(Conversation.JOINED_SEQ_FIELD_NUMBER, conversation.joinedSeq());
        out.integerIfSet(Conversation.LEFT_SEQ_FIELD_NUMBER, conversation.leftSeq());
        out.messageIfSet(Conversation.LAST_MESSAGE_FIELD_NUMBER, conversation.lastMessage(), ValueWriter::message);
        out.messageIfSet(Conversation.PEER_FIELD_NUMBER, conversation.peer(), ReplyWriter::peer);
        out.integerIfSet(Conversation.MENTIONS_FIELD_NUMBER, conversation.mentions());
        out.integerIfSet(Conversation.MUTED_UNTIL_FIELD_NUMBER, conversation.mutedUntil());
        if (!conversation.settings().equals(ConversationSettings.NONE)) {
            out.message(Conversation.SETTINGS_FIELD_NUMBER, conversation.settings(), OwnWriter::settings);
        }
    }

    private static void peer(FieldWriter out, Result.Peer peer) throws IOException {
        out.string(Peer.USER_FIELD_NUMBER, peer.user().value());
        out.integer(Peer.LAST_ACK_FIELD_NUMBER, peer.lastAck());
        out.integer(Peer.LAST_READ_FIELD_NUMBER, peer.lastRead());
    }

    private static void receipts(FieldWriter out, Result.Receipts receipts) throws IOException {
        out.string(Receipts.CONVERSATION_FIELD_NUMBER, receipts.conversation().value());
        out.integer(Receipts.SEQ_FIELD_NUMBER, receipts.seq());
        out.messages(Receipts.READ_BY_FIELD_NUMBER, receipts.readBy(), ReplyWriter::reader);
        out.strings(Receipts.UNREAD_BY_FIELD_NUMBER, receipts.unreadBy(), UserId::value);
        out.integerIfSet(Receipts.READ_COUNT_FIELD_NUMBER, receipts.readCount());
        out.integerIfSet(Receipts.UNREAD_COUNT_FIELD_NUMBER, receipts.unreadCount());
        out.integerIfSet(Receipts.DELIVERED_COUNT_FIELD_NUMBER, receipts.deliveredCount());
        out.messages(Receipts.DELIVERED_TO_FIELD_NUMBER, receipts.deliveredTo(), ReplyWriter::reader);
    }

    private static void reader(FieldWriter out, Result.Reader reader) throws IOException {
        out.string(Reader.USER_FIELD_NUMBER, reader.user().value());
        out.integer(Reader.AT_FIELD_NUMBER, reader.at());
    }

    private static void group(FieldWriter out, Result.Group group) throws IOException {
        out.string(GroupResult.CONVERSATION_FIELD_NUMBER, group.conversation().value());
        out.stringIfSet(GroupResult.NAME_FIELD_NUMBER, group.name());
        out.integerIfSet(GroupResult.SEQ_FIELD_NUMBER, group.seq());
        out.messages(GroupResult.MEMBERS_FIELD_NUMBER, group.members(), ReplyWriter::member);
        out.optional(GroupResult.AFTER_FIELD_NUMBER, group.after());
        out.messageIfSet(GroupResult.INFO_FIELD_NUMBER, group.info(), ReplyWriter::info);
    }

    private static void info(FieldWriter out, Result.GroupInfo info) throws IOException {
        out.entriesIfSet(GroupInfo.ATTRIBUTES_FIELD_NUMBER, info.attributes());
        out.string(GroupInfo.HISTORY_FIELD_NUMBER, info.history());
        out.integer(GroupInfo.MEMBER_COUNT_FIELD_NUMBER, info.members());
        out.string(GroupInfo.ROLE_FIELD_NUMBER, info.role());
        out.integerIfSet(GroupInfo.MUTED_UNTIL_FIELD_NUMBER, info.mutedUntil());
    }

    private static void member(FieldWriter out, Result.GroupMember member) throws IOException {
        out.string(GroupMember.USER_FIELD_NUMBER, member.user().value());
        out.string(GroupMember.ROLE_FIELD_NUMBER, member.role());
        out.integer(GroupMember.JOINED_SEQ_FIELD_NUMBER, member.joinedSeq());
        out.integerIfSet(GroupMember.MUTED_UNTIL_FIELD_NUMBER, member.mutedUntil());
    }

    private static void presence(FieldWriter out, Result.Presence presence) throws IOException {
        out.messages(PresenceResult.USERS_FIELD_NUMBER, presence.users(), ServerFrameWriter::presence);
    }

    private static void room(FieldWriter out, Result.Room room) throws IOException {
        out.string(RoomResult.ROOM_FIELD_NUMBER, room.room());
        out.integer(RoomResult.COUNT_FIELD_NUMBER, room.count());
    }
}
