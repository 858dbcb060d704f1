package io.lastack.proto;

import io.lastack.log.Change;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.Revision;
import io.lastack.session.RoomAction;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One frame of every kind and variant, by the name of its golden files. Together they set every field of the schema. */
final class Samples {
    static final UserId ALICE = UserId.of("alice");
    static final UserId BOB = UserId.of("bob");
    static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);
    static final ConversationId GROUP = ConversationId.group("team");
    static final long NOON = 1_795_187_000_000L;

    private static final byte[] BYTES = {0, 1, -1, -128, 127};

    private Samples() {}

    static Map<String, ClientFrame> client() {
        Map<String, ClientFrame> frames = new LinkedHashMap<>();
        addConnection(frames);
        addLog(frames);
        addRevisions(frames);
        addGroups(frames);
        addPeople(frames);
        addOwn(frames);
        return frames;
    }

    private static void addConnection(Map<String, ClientFrame> frames) {
        frames.put(
                "hello",
                new ClientFrame.Hello(
                        1,
                        "header.payload.signature",
                        "web-1",
                        List.of(position("direct:alice~bob", 41), position("group:team", 7)),
                        "lastack-java/1",
                        "e-1"));
        frames.put("hello-renewal", new ClientFrame.Hello(9, "fresh", null, List.of(), null, null));
        frames.put("hello-after-handshake", new ClientFrame.Hello(1, null, "", List.of(), null, ""));
        frames.put("ping", new ClientFrame.Ping(3));
    }

    private static void addLog(Map<String, ClientFrame> frames) {
        frames.put("send", send(Body.of("hi"), Map.of(), 0, List.of()));
        frames.put(
                "send-full",
                send(
                        Body.of("Grüße \"an\" alle \\ \n\t \u0001 € 😀 \u2028"),
                        Map.of("x-color", "röt"),
                        41,
                        List.of("bob", "carol")));
        frames.put("send-bytes", send(new Body(null, BYTES), Map.of(), 0, List.of()));
        frames.put("send-empty-text", send(Body.of(""), Map.of(), 0, List.of()));
        frames.put("send-no-body", send(Body.NONE, Map.of(), 0, List.of()));
        frames.put("ack", new ClientFrame.Ack(List.of(position("direct:alice~bob", 42)), List.of()));
        frames.put(
                "ack-nacks",
                new ClientFrame.Ack(
                        List.of(position("direct:alice~bob", 42), position("group:team", 9_007_199_254_740_991L)),
                        List.of(
                                new ClientFrame.Nack("group:team", 8, "disk full"),
                                new ClientFrame.Nack("group:team", 9, ""))));
        frames.put("read", new ClientFrame.Read(4, "direct:alice~bob", 42));
        frames.put("fetch-newest", new ClientFrame.Fetch(5, "group:team", 0, 0, 0));
        frames.put("fetch-after", new ClientFrame.Fetch(6, "group:team", 10, 0, 200));
        frames.put("fetch-before", new ClientFrame.Fetch(7, "group:team", 0, 300, 50));
        frames.put("conversations", new ClientFrame.Conversations(8, null, 0));
        frames.put("conversations-next", new ClientFrame.Conversations(9, "group:team", 100));
        frames.put("receipts", new ClientFrame.Receipts(10, "group:team", 9));
    }

    private static void addRevisions(Map<String, ClientFrame> frames) {
        frames.put("revise-recall", new ClientFrame.Revise(11, "group:team", 9, null, new Revision.Recall()));
        frames.put(
                "revise-edit",
                new ClientFrame.Revise(12, "group:team", 9, "r-1", new Revision.Edit(Body.of("better"))));
        frames.put(
                "revise-edit-bytes",
                new ClientFrame.Revise(12, "group:team", 9, "r-2", new Revision.Edit(new Body(null, BYTES))));
        frames.put(
                "revise-edit-mentions",
                new ClientFrame.Revise(
                        12, "group:team", 9, "r-5", new Revision.Edit(Body.of("better"), List.of("bob", "carol"))));
        frames.put("revise-react", new ClientFrame.Revise(13, "group:team", 9, "r-3", new Revision.React("👍", false)));
        frames.put(
                "revise-unreact", new ClientFrame.Revise(14, "group:team", 9, "r-4", new Revision.React("👍", true)));
    }

    private static void addGroups(Map<String, ClientFrame> frames) {
        frames.put("group-create", group(null, new GroupAction.Create(null, "Team", List.of(), null, null)));
        frames.put(
                "group-create-full",
                group(null, new GroupAction.Create("team", "Team", List.of("bob", "carol"), "all", "g-1")));
        frames.put("group-rename", group("group:team", new GroupAction.Rename("New name")));
        frames.put("group-add", group("group:team", new GroupAction.AddMembers(List.of("bob", "carol"))));
        frames.put("group-remove", group("group:team", new GroupAction.RemoveMembers(List.of("bob"))));
        frames.put("group-leave", group("group:team", new GroupAction.Leave()));
        frames.put("group-role", group("group:team", new GroupAction.SetRole("bob", "admin")));
        frames.put("group-dissolve", group("group:team", new GroupAction.Dissolve()));
        frames.put("group-members", group("group:team", new GroupAction.Members(null, 0)));
        frames.put("group-members-next", group("group:team", new GroupAction.Members("bob", 100)));
        frames.put("group-attributes", group("group:team", new GroupAction.SetAttributes(Map.of("topic", "röt"))));
        frames.put("group-attributes-none", group("group:team", new GroupAction.SetAttributes(Map.of())));
        frames.put("group-history", group("group:team", new GroupAction.SetHistory("all")));
        frames.put("group-transfer", group("group:team", new GroupAction.Transfer("bob")));
        frames.put("group-mute", group("group:team", new GroupAction.MuteMember("bob", NOON)));
        frames.put("group-unmute", group("group:team", new GroupAction.MuteMember("bob", 0)));
        frames.put("group-info", group("group:team", new GroupAction.Info()));
    }

    private static void addOwn(Map<String, ClientFrame> frames) {
        frames.put("settings", new ClientFrame.Settings(20, "group:team", NOON, true, true));
        frames.put("settings-none", new ClientFrame.Settings(21, "user:bob", 0, false, false));
        frames.put("block", new ClientFrame.Block(22, "bob", true));
        frames.put("unblock", new ClientFrame.Block(23, "bob", false));
        frames.put("blocked", new ClientFrame.Blocked(24, null, 0));
        frames.put("blocked-next", new ClientFrame.Blocked(25, "bob", 100));
        frames.put("read-all", new ClientFrame.ReadAll(26));
        frames.put("receipts-counts", new ClientFrame.Receipts(27, "group:team", 9, true));
    }

    private static void addPeople(Map<String, ClientFrame> frames) {
        frames.put("notify", new ClientFrame.Notify(16, "bob", null, "friend-request", "", "", Map.of(), 0));
        frames.put("notify-status", new ClientFrame.Notify(17, "bob", "n-2", "", "accepted", "", Map.of(), 12));
        frames.put(
                "notify-full",
                new ClientFrame.Notify(
                        17, "bob", "n-1", "friend-request", "pending", "It is me", Map.of("from", "alice"), 0));
        frames.put("presence", new ClientFrame.Presence(18, List.of("bob", "carol"), List.of("dave")));
        frames.put("room-join", room(new RoomAction.Join()));
        frames.put("room-leave", room(new RoomAction.Leave()));
        frames.put("room-publish", room(new RoomAction.Publish("play", Body.of("{\"at\":12.5}"))));
        frames.put("room-publish-bytes", room(new RoomAction.Publish("play", new Body(null, BYTES))));
        frames.put("room-count", room(new RoomAction.Count()));
        frames.put("signal", new ClientFrame.Signal("user:bob", "typing", Body.NONE));
        frames.put("signal-payload", new ClientFrame.Signal("group:team", "typing", Body.of("…")));
    }

    static Map<String, ServerFrame> server() {
        Map<String, ServerFrame> frames = new LinkedHashMap<>();
        frames.put(
                "welcome",
                new ServerFrame.Welcome(
                        "s-1",
                        "alice",
                        "web-1",
                        NOON,
                        15_000,
                        64,
                        new ServerFrame.Limits(1 << 20, 1 << 16, 200),
                        true,
                        "e-1"));
        frames.put(
                "welcome-not-resumed",
                new ServerFrame.Welcome(
                        "s-2", "alice", "web-1", NOON, 15_000, 64, new ServerFrame.Limits(1, 1, 1), false, "e-2"));
        frames.put("deliver", new ServerFrame.Deliver(DIRECT, List.of(message(42, Content.text("hi")))));
        frames.put("deliver-several", new ServerFrame.Deliver(DIRECT, messages()));
        frames.put("skipped", new ServerFrame.Skipped(GROUP, 1, 99, "older than 30 days"));
        frames.put("receipt", new ServerFrame.Receipt(DIRECT, BOB, 42, 41));
        frames.put("receipt-read-only", new ServerFrame.Receipt(DIRECT, BOB, 0, 42));
        frames.put("membership-joined", new ServerFrame.Membership(GROUP, BOB, "joined", "member", 10, 0, 0));
        frames.put("membership-left", new ServerFrame.Membership(GROUP, BOB, "left", "", 10, 20, 0));
        frames.put(
                "membership-muted", new ServerFrame.Membership(GROUP, BOB, "muted", "member", 10, 0, Change.FOR_GOOD));
        frames.put("presence-online", new ServerFrame.Presence(BOB, true, List.of("phone", "web-2"), NOON));
        frames.put("presence-away", new ServerFrame.Presence(BOB, true, List.of("phone"), NOON, true));
        frames.put("presence-offline", new ServerFrame.Presence(BOB, false, List.of(), NOON));
        frames.put("room-event", new ServerFrame.RoomEvent("lobby", "play", new Body(null, BYTES), BOB, NOON));
        frames.put("room-event-text", new ServerFrame.RoomEvent("lobby", "play", Body.of("12.5"), BOB, NOON));
        frames.put("signal", new ServerFrame.Signal(DIRECT, "typing", Body.NONE, BOB));
        frames.put("signal-payload", new ServerFrame.Signal(DIRECT, "typing", Body.of("…"), BOB));
        frames.put("token-expiring", new ServerFrame.TokenExpiring(60_000));
        frames.put("go-away", new ServerFrame.GoAway("this node is going away", 1_500));
        frames.put("error", new ServerFrame.Error(Status.of(400, "frame is missing")));
        addReplies(frames);
        addGroupReplies(frames);
        return frames;
    }

    private static void addGroupReplies(Map<String, ServerFrame> frames) {
        frames.put(
                "reply-receipts-counts",
                reply(new Result.Receipts(GROUP, 9, List.of(), List.of(), List.of(), 1, 2, 3)));
        frames.put(
                "reply-group-info",
                reply(new Result.Group(
                        GROUP,
                        "Team",
                        0,
                        List.of(),
                        null,
                        new Result.GroupInfo(Map.of("topic", "röt"), "join", 3, "admin", NOON))));
        frames.put(
                "reply-group-muted",
                reply(new Result.Group(
                        GROUP, "Team", 0, List.of(new Result.GroupMember(BOB, "member", 10, NOON)), null)));
        frames.put("reply-blocked", reply(new Result.Blocked(List.of(BOB, UserId.of("carol")), "carol")));
        frames.put("reply-blocked-none", reply(new Result.Blocked(List.of(), null)));
        frames.put(
                "reply-conversations-settings",
                reply(new Result.Conversations(
                        List.of(new Result.Conversation(
                                GROUP,
                                "Team",
                                "member",
                                1,
                                1,
                                1,
                                0,
                                0,
                                1,
                                0,
                                null,
                                null,
                                NOON,
                                new ConversationSettings(NOON, true, true))),
                        null)));
    }

    private static void addReplies(Map<String, ServerFrame> frames) {
        frames.put("reply", reply(null));
        frames.put(
                "reply-refused",
                new ServerFrame.Reply(2, new Status(429, "30 messages a minute are allowed", 12_000), null));
        frames.put("reply-send", reply(new Result.Send(DIRECT, 42, NOON, false)));
        frames.put("reply-send-duplicate", reply(new Result.Send(DIRECT, 42, NOON, true)));
        frames.put("reply-fetch", reply(new Result.Fetch(DIRECT, messages(), true, List.of())));
        frames.put("reply-fetch-empty", reply(new Result.Fetch(DIRECT, List.of(), false, List.of())));
        frames.put("reply-fetch-revised", reply(new Result.Fetch(DIRECT, revised(), false, reactions())));
        frames.put("reply-conversations", reply(new Result.Conversations(conversations(), "group:team")));
        frames.put(
                "reply-conversations-mentions",
                reply(new Result.Conversations(
                        List.of(new Result.Conversation(
                                GROUP,
                                "Team",
                                "member",
                                9,
                                9,
                                3,
                                6,
                                2,
                                1,
                                0,
                                null,
                                null,
                                0,
                                ConversationSettings.NONE)),
                        null)));
        frames.put("reply-conversations-empty", reply(new Result.Conversations(List.of(), null)));
        frames.put(
                "reply-receipts",
                reply(new Result.Receipts(
                        GROUP,
                        9,
                        List.of(new Result.Reader(BOB, NOON)),
                        List.of(UserId.of("carol"), UserId.of("dave")),
                        List.of(new Result.Reader(BOB, NOON), new Result.Reader(UserId.of("carol"), 0)),
                        0,
                        0,
                        0)));
        frames.put(
                "reply-receipts-none", reply(new Result.Receipts(GROUP, 9, List.of(), List.of(), List.of(), 0, 0, 0)));
        frames.put(
                "reply-group-members",
                reply(new Result.Group(
                        GROUP,
                        "Team",
                        0,
                        List.of(
                                new Result.GroupMember(ALICE, "owner", 1, 0),
                                new Result.GroupMember(BOB, "member", 10, 0)),
                        "bob")));
        frames.put("reply-group-changed", reply(new Result.Group(GROUP, "", 11, List.of(), null)));
        frames.put("reply-revise", reply(new Result.Revise(GROUP, 12, NOON, false)));
        frames.put("reply-notify", reply(new Result.Notify(ConversationId.inbox(BOB), 3, NOON, false)));
        frames.put(
                "reply-presence",
                reply(new Result.Presence(List.of(
                        new ServerFrame.Presence(BOB, true, List.of("phone"), NOON),
                        new ServerFrame.Presence(UserId.of("carol"), false, List.of(), 0)))));
        frames.put("reply-room", reply(new Result.Room("lobby", 3)));
    }

    private static List<Message> messages() {
        Content full = new Content(
                "x-poll",
                "custom",
                Payload.text("Grüße \"an\" alle \\ \n\t \u0001 € 😀 \u2028"),
                Map.of("x-color", "röt"),
                41,
                List.of(BOB, UserId.of("carol")),
                40);
        Content recall = new Content(Content.RECALL, "text", Payload.EMPTY, Map.of(), 0, List.of(), 42);
        return List.of(
                message(42, Content.text("hi")),
                message(43, Content.message("file", Payload.bytes(BYTES))),
                message(44, Content.message("file", Payload.bytes(new byte[0]))),
                message(45, full),
                message(46, recall));
    }

    private static List<Result.Conversation> conversations() {
        return List.of(
                new Result.Conversation(
                        DIRECT,
                        "",
                        "member",
                        42,
                        41,
                        40,
                        1,
                        0,
                        1,
                        0,
                        message(42, Content.text("hi")),
                        new Result.Peer(BOB, 42, 40),
                        0,
                        ConversationSettings.NONE),
                new Result.Conversation(
                        GROUP, "Team", "owner", 0, 0, 0, 0, 0, 1, 20, null, null, 0, ConversationSettings.NONE));
    }

    private static List<Message> revised() {
        Content edited = Content.text("hi").revised(Content.edit(1, Payload.text("ho"), Map.of(), List.of(BOB)), 3);
        return List.of(message(1, edited), message(2, edited.revised(Content.recall(2), 4)));
    }

    private static List<Reaction> reactions() {
        return List.of(new Reaction(1, BOB, "\ud83d\udc4d", 5), new Reaction(1, ALICE, "\u2764\ufe0f", 6));
    }

    static Message message(long seq, Content content) {
        return new Message(DIRECT, seq, NOON + seq, ALICE, ClientMessageId.of("a-" + seq), content);
    }

    private static ClientFrame.Position position(String conversation, long seq) {
        return new ClientFrame.Position(conversation, seq);
    }

    private static ClientFrame send(Body body, Map<String, String> ext, long replyTo, List<String> mentions) {
        return new ClientFrame.Send(2, "user:bob", "a-1", "text", body, ext, replyTo, mentions);
    }

    private static ClientFrame group(String conversation, GroupAction action) {
        return new ClientFrame.Group(15, conversation, action);
    }

    private static ClientFrame room(RoomAction action) {
        return new ClientFrame.Room(19, "lobby", action);
    }

    private static ServerFrame reply(Result result) {
        return new ServerFrame.Reply(2, Status.OK, result);
    }
}
