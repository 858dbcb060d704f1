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
import java.io.IOException;
import java.util.function.Function;

/** Writes the frames of clients that ask for one of several actions, and signals. */
final class ActionWriter {
    private static final Variants<GroupAction> GROUP_ACTIONS = new Variants<GroupAction>()
            .with(GroupAction.Create.class, GroupRequest.CREATE_FIELD_NUMBER, ActionWriter::create)
            .with(GroupAction.Rename.class, GroupRequest.RENAME_FIELD_NUMBER, ActionWriter::rename)
            .with(GroupAction.AddMembers.class, GroupRequest.ADD_MEMBERS_FIELD_NUMBER, ActionWriter::addMembers)
            .with(
                    GroupAction.RemoveMembers.class,
                    GroupRequest.REMOVE_MEMBERS_FIELD_NUMBER,
                    ActionWriter::removeMembers)
            .with(GroupAction.Leave.class, GroupRequest.LEAVE_FIELD_NUMBER)
            .with(GroupAction.SetRole.class, GroupRequest.SET_ROLE_FIELD_NUMBER, ActionWriter::setRole)
            .with(GroupAction.Dissolve.class, GroupRequest.DISSOLVE_FIELD_NUMBER)
            .with(GroupAction.Members.class, GroupRequest.MEMBERS_FIELD_NUMBER, ActionWriter::members)
            .with(
                    GroupAction.SetAttributes.class,
                    GroupRequest.SET_ATTRIBUTES_FIELD_NUMBER,
                    (out, set) -> out.entriesIfSet(SetAttributes.ATTRIBUTES_FIELD_NUMBER, set.attributes()))
            .with(
                    GroupAction.SetHistory.class,
                    GroupRequest.SET_HISTORY_FIELD_NUMBER,
                    (out, set) -> out.string(SetHistory.HISTORY_FIELD_NUMBER, set.history()))
            .with(
                    GroupAction.Transfer.class,
                    GroupRequest.TRANSFER_FIELD_NUMBER,
                    (out, transfer) -> out.string(TransferOwnership.USER_FIELD_NUMBER, transfer.user()))
            .with(GroupAction.MuteMember.class, GroupRequest.MUTE_MEMBER_FIELD_NUMBER, ActionWriter::mute)
            .with(GroupAction.Info.class, GroupRequest.INFO_FIELD_NUMBER);

    private static final Variants<RoomAction> ROOM_ACTIONS = new Variants<RoomAction>()
            .with(RoomAction.Join.class, RoomRequest.JOIN_FIELD_NUMBER)
            .with(RoomAction.Leave.class, RoomRequest.LEAVE_FIELD_NUMBER)
            .with(RoomAction.Publish.class, RoomRequest.PUBLISH_FIELD_NUMBER, ActionWriter::publish)
            .with(RoomAction.Count.class, RoomRequest.COUNT_FIELD_NUMBER);

    private static final Variants<Revision> REVISIONS = new Variants<Revision>()
            .with(Revision.Recall.class, ReviseRequest.RECALL_FIELD_NUMBER)
            .with(Revision.Edit.class, ReviseRequest.EDIT_FIELD_NUMBER, ActionWriter::edit)
            .with(Revision.React.class, ReviseRequest.REACT_FIELD_NUMBER, ActionWriter::react);

    private ActionWriter() {}

    static void group(FieldWriter out, ClientFrame.Group group) throws IOException {
        out.optional(GroupRequest.CONVERSATION_FIELD_NUMBER, group.conversation());
        GROUP_ACTIONS.write(out, group.action());
    }

    private static void create(FieldWriter out, GroupAction.Create create) throws IOException {
        out.optional(CreateGroup.GROUP_FIELD_NUMBER, create.group());
        out.string(CreateGroup.NAME_FIELD_NUMBER, create.name());
        out.stringsIfSet(CreateGroup.MEMBERS_FIELD_NUMBER, create.members(), Function.identity());
        out.optional(CreateGroup.HISTORY_FIELD_NUMBER, create.history());
        out.optional(CreateGroup.CLIENT_MESSAGE_ID_FIELD_NUMBER, create.clientMessageId());
    }

    private static void rename(FieldWriter out, GroupAction.Rename rename) throws IOException {
        out.string(RenameGroup.NAME_FIELD_NUMBER, rename.name());
    }

    private static void addMembers(FieldWriter out, GroupAction.AddMembers add) throws IOException {
        out.strings(Users.USERS_FIELD_NUMBER, add.users(), Function.identity());
    }

    private static void removeMembers(FieldWriter out, GroupAction.RemoveMembers remove) throws IOException {
        out.strings(Users.USERS_FIELD_NUMBER, remove.users(), Function.identity());
    }

    private static void setRole(FieldWriter out, GroupAction.SetRole setRole) throws IOException {
        out.string(SetRole.USER_FIELD_NUMBER, setRole.user());
        out.string(SetRole.ROLE_FIELD_NUMBER, setRole.role());
    }

    private static void members(FieldWriter out, GroupAction.Members members) throws IOException {
        out.optional(ListMembers.AFTER_FIELD_NUMBER, members.after());
        out.integerIfSet(ListMembers.LIMIT_FIELD_NUMBER, members.limit());
    }

    private static void mute(FieldWriter out, GroupAction.MuteMember mute) throws IOException {
        out.string(MuteMember.USER_FIELD_NUMBER, mute.user());
        out.integerIfSet(MuteMember.UNTIL_FIELD_NUMBER, mute.until());
    }

    static void room(FieldWriter out, ClientFrame.Room room) throws IOException {
        out.string(RoomRequest.ROOM_FIELD_NUMBER, room.room());
        ROOM_ACTIONS.write(out, room.action());
    }

    private static void publish(FieldWriter out, RoomAction.Publish publish) throws IOException {
        out.string(PublishToRoom.EVENT_FIELD_NUMBER, publish.event());
        ValueWriter.bodyIfSet(out, PublishToRoom.PAYLOAD_FIELD_NUMBER, publish.payload());
    }

    static void revise(FieldWriter out, ClientFrame.Revise revise) throws IOException {
        out.string(ReviseRequest.CONVERSATION_FIELD_NUMBER, revise.conversation());
        out.integer(ReviseRequest.SEQ_FIELD_NUMBER, revise.seq());
        out.optional(ReviseRequest.CLIENT_MESSAGE_ID_FIELD_NUMBER, revise.clientMessageId());
        REVISIONS.write(out, revise.revision());
    }

    private static void edit(FieldWriter out, Revision.Edit edit) throws IOException {
        ValueWriter.body(out, edit.body(), Edit.TEXT_FIELD_NUMBER, Edit.BODY_FIELD_NUMBER);
        out.stringsIfSet(Edit.MENTIONS_FIELD_NUMBER, edit.mentions(), Function.identity());
    }

    private static void react(FieldWriter out, Revision.React react) throws IOException {
        out.string(React.EMOJI_FIELD_NUMBER, react.emoji());
        if (react.remove()) {
            out.flag(React.REMOVE_FIELD_NUMBER, true);
        }
    }

    static void signal(FieldWriter out, ClientFrame.Signal signal) throws IOException {
        out.string(Signal.CONVERSATION_FIELD_NUMBER, signal.conversation());
        out.string(Signal.EVENT_FIELD_NUMBER, signal.event());
        ValueWriter.bodyIfSet(out, Signal.PAYLOAD_FIELD_NUMBER, signal.payload());
    }
}
