package io.lastack.proto;

import io.lastack.proto.v1.CreateGroup;
import io.lastack.proto.v1.Edit;
import io.lastack.proto.v1.GroupRequest;
import io.lastack.proto.v1.ListMembers;
import io.lastack.proto.v1.MuteMember;
import io.lastack.proto.v1.PublishToRoom;
import io.lastack.proto.v1.React;
import io.lastack.proto.v1.RenameGroup;
import io.lastack.proto.v1.ReviseRequest;
import io.lastack.proto.v1.RoomRequest;
import io.lastack.proto.v1.SetAttributes;
import io.lastack.proto.v1.SetHistory;
import io.lastack.proto.v1.SetRole;
import io.lastack.proto.v1.Signal;
import io.lastack.proto.v1.TransferOwnership;
import io.lastack.proto.v1.Users;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Revision;
import io.lastack.session.RoomAction;

/** Makes the frames of clients that ask for one of several actions, and signals, of what was read. */
final class ActionReader {
    private ActionReader() {}

    static ClientFrame group(long id, Fields in) throws FrameFault {
        return new ClientFrame.Group(id, in.stringOrNull(GroupRequest.CONVERSATION_FIELD_NUMBER), groupAction(in));
    }

    private static GroupAction groupAction(Fields group) throws FrameFault {
        int kind = group.only("action");
        Fields in = group.message(kind);
        return switch (kind) {
            case GroupRequest.CREATE_FIELD_NUMBER -> create(in);
            case GroupRequest.RENAME_FIELD_NUMBER -> new GroupAction.Rename(in.string(RenameGroup.NAME_FIELD_NUMBER));
            case GroupRequest.ADD_MEMBERS_FIELD_NUMBER ->
                new GroupAction.AddMembers(in.strings(Users.USERS_FIELD_NUMBER));
            case GroupRequest.REMOVE_MEMBERS_FIELD_NUMBER ->
                new GroupAction.RemoveMembers(in.strings(Users.USERS_FIELD_NUMBER));
            case GroupRequest.LEAVE_FIELD_NUMBER -> new GroupAction.Leave();
            case GroupRequest.SET_ROLE_FIELD_NUMBER ->
                new GroupAction.SetRole(in.string(SetRole.USER_FIELD_NUMBER), in.string(SetRole.ROLE_FIELD_NUMBER));
            case GroupRequest.DISSOLVE_FIELD_NUMBER -> new GroupAction.Dissolve();
            case GroupRequest.MEMBERS_FIELD_NUMBER ->
                new GroupAction.Members(
                        in.stringOrNull(ListMembers.AFTER_FIELD_NUMBER), in.count(ListMembers.LIMIT_FIELD_NUMBER));
            case GroupRequest.SET_ATTRIBUTES_FIELD_NUMBER ->
                new GroupAction.SetAttributes(in.entries(SetAttributes.ATTRIBUTES_FIELD_NUMBER));
            case GroupRequest.SET_HISTORY_FIELD_NUMBER ->
                new GroupAction.SetHistory(in.string(SetHistory.HISTORY_FIELD_NUMBER));
            case GroupRequest.TRANSFER_FIELD_NUMBER ->
                new GroupAction.Transfer(in.string(TransferOwnership.USER_FIELD_NUMBER));
            case GroupRequest.MUTE_MEMBER_FIELD_NUMBER ->
                new GroupAction.MuteMember(
                        in.string(MuteMember.USER_FIELD_NUMBER), in.integer(MuteMember.UNTIL_FIELD_NUMBER));
            case GroupRequest.INFO_FIELD_NUMBER -> new GroupAction.Info();
            default -> throw new IllegalStateException("group action " + kind + " has no reader");
        };
    }

    private static GroupAction create(Fields in) {
        return new GroupAction.Create(
                in.stringOrNull(CreateGroup.GROUP_FIELD_NUMBER),
                in.string(CreateGroup.NAME_FIELD_NUMBER),
                in.strings(CreateGroup.MEMBERS_FIELD_NUMBER),
                in.stringOrNull(CreateGroup.HISTORY_FIELD_NUMBER),
                in.stringOrNull(CreateGroup.CLIENT_MESSAGE_ID_FIELD_NUMBER));
    }

    static ClientFrame room(long id, Fields in) throws FrameFault {
        return new ClientFrame.Room(id, in.string(RoomRequest.ROOM_FIELD_NUMBER), roomAction(in));
    }

    private static RoomAction roomAction(Fields room) throws FrameFault {
        int kind = room.only("action");
        Fields in = room.message(kind);
        return switch (kind) {
            case RoomRequest.JOIN_FIELD_NUMBER -> new RoomAction.Join();
            case RoomRequest.LEAVE_FIELD_NUMBER -> new RoomAction.Leave();
            case RoomRequest.PUBLISH_FIELD_NUMBER ->
                new RoomAction.Publish(
                        in.string(PublishToRoom.EVENT_FIELD_NUMBER),
                        ValueReader.body(in, PublishToRoom.PAYLOAD_FIELD_NUMBER));
            case RoomRequest.COUNT_FIELD_NUMBER -> new RoomAction.Count();
            default -> throw new IllegalStateException("room action " + kind + " has no reader");
        };
    }

    static ClientFrame revise(long id, Fields in) throws FrameFault {
        return new ClientFrame.Revise(
                id,
                in.string(ReviseRequest.CONVERSATION_FIELD_NUMBER),
                in.integer(ReviseRequest.SEQ_FIELD_NUMBER),
                in.stringOrNull(ReviseRequest.CLIENT_MESSAGE_ID_FIELD_NUMBER),
                revision(in));
    }

    private static Revision revision(Fields revise) throws FrameFault {
        int kind = revise.only("revision");
        Fields in = revise.message(kind);
        return switch (kind) {
            case ReviseRequest.RECALL_FIELD_NUMBER -> new Revision.Recall();
            case ReviseRequest.EDIT_FIELD_NUMBER ->
                new Revision.Edit(
                        ValueReader.body(in, Edit.TEXT_FIELD_NUMBER, Edit.BODY_FIELD_NUMBER),
                        in.strings(Edit.MENTIONS_FIELD_NUMBER));
            case ReviseRequest.REACT_FIELD_NUMBER ->
                new Revision.React(in.string(React.EMOJI_FIELD_NUMBER), in.flag(React.REMOVE_FIELD_NUMBER));
            default -> throw new IllegalStateException("revision " + kind + " has no reader");
        };
    }

    static ClientFrame signal(Fields in) {
        return new ClientFrame.Signal(
                in.string(Signal.CONVERSATION_FIELD_NUMBER),
                in.string(Signal.EVENT_FIELD_NUMBER),
                ValueReader.body(in, Signal.PAYLOAD_FIELD_NUMBER));
    }
}
