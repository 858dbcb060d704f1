package io.lastack.examples.server.api;

import java.util.Map;

/** What answers look like. */
final class AnswerShapes {
    private AnswerShapes() {}

    static void addTo(Map<String, Shape> named) {
        named.put("Sent", sent());
        named.put("Message", message());
        named.put("MessagePage", messagePage());
        named.put("Receipts", receipts());
        named.put("ConversationPage", conversationPage());
        named.put("Group", group());
        named.put("MemberPage", memberPage());
        named.put("Changed", changed());
        named.put("Presence", presence());
        named.put("Online", online());
        named.put("SessionPage", sessionPage());
        named.put(
                "Closed",
                Shape.object().required("closed", Shape.count(), "how many sessions there were, on this node"));
    }

    private static Shape sent() {
        return Shape.object()
                .required("conversation", Shapes.conversation(), "where it is")
                .required("seq", Shapes.seq(), "its place in the log")
                .required("sentAt", Shapes.time(), "milliseconds since the epoch")
                .required(
                        "duplicate",
                        Shape.bool(),
                        "whether an earlier call with the same `Idempotency-Key` had stored it already");
    }

    private static Shape message() {
        return Shape.object()
                .required("seq", Shapes.seq(), "")
                .required("clientMessageId", Shape.text(), "the sender's own id of it")
                .required("sender", Shapes.user(), "")
                .required(
                        "kind",
                        Shape.text(),
                        "`message`, `notification`, `membership`, `recall`, `edit`, `reaction`, `recalled`, …")
                .required("type", Shape.text(), "how to show it: `text`, `image`, …")
                .optional("text", Shape.text(), "the body, if it is text")
                .optional("body", Shape.text().encoded("base64"), "the body, if it is bytes")
                .optional("ext", Shape.strings(), "fields of the host's own")
                .optional("replyTo", Shapes.seq(), "the entry that it replies to")
                .optional("mentions", Shape.listOf(Shapes.user()), "")
                .optional("revises", Shapes.seq(), "the entry that it changes or reacts to")
                .optional("revisedBy", Shapes.seq(), "the entry that edited or recalled it last")
                .required("sentAt", Shapes.time(), "milliseconds since the epoch");
    }

    private static Shape messagePage() {
        return Shape.object()
                .required("conversation", Shapes.conversation(), "")
                .required("messages", Shape.listOf(Shape.named("Message")), "in ascending order of seq")
                .required("more", Shape.bool(), "whether there is more in the direction asked for");
    }

    private static Shape receipts() {
        Shape reader = Shape.object()
                .required("user", Shapes.user(), "")
                .required("at", Shapes.time(), "when the reader came to the newest that it has read");
        Shape holder = Shape.object()
                .required("user", Shapes.user(), "")
                .optional("at", Shapes.time(), "by when a device of the member had it; absent if that is not known");
        return Shape.object()
                .required("conversation", Shapes.conversation(), "")
                .required("seq", Shapes.seq(), "")
                .required("readBy", Shape.listOf(reader), "")
                .required("unreadBy", Shape.listOf(Shapes.user()), "")
                .required("deliveredTo", Shape.listOf(holder), "who has it on a device, readers included");
    }

    private static Shape conversationPage() {
        Shape settings = Shape.object()
                .required("mutedUntil", Shape.count(), "0 for not muted")
                .required("pinned", Shape.bool(), "")
                .required("archived", Shape.bool(), "");
        Shape conversation = Shape.object()
                .required("conversation", Shapes.conversation(), "")
                .required("name", Shape.text(), "of a group; empty otherwise")
                .required("role", Shape.oneOf("owner", "admin", "member"), "")
                .required("lastSeq", Shape.count(), "the newest entry that the user may see; 0 if there is none")
                .required("lastRead", Shape.count(), "everything up to here is read")
                .required("unread", Shape.count(), "how many messages of others the user has not read")
                .required("mentions", Shape.count(), "how many of those name the user")
                .required("firstSeq", Shape.count(), "the first entry that the user may see")
                .required("member", Shape.bool(), "false if the user has left")
                .required("settings", settings, "how the user wants it shown");
        return Shape.object()
                .required("conversations", Shape.listOf(conversation), "in ascending order of id")
                .optional("next", Shapes.conversation(), "what to give as `after` for the next page");
    }

    private static Shape group() {
        return Shape.object()
                .required("conversation", Shapes.conversation(), "")
                .required("name", Shape.text(), "")
                .required("history", Shape.oneOf("join", "all"), "what a new member sees")
                .required("lastSeq", Shape.count(), "the newest entry of its log")
                .required("members", Shape.count(), "how many there are")
                .required("dissolved", Shape.bool(), "")
                .required("attributes", Shape.strings(), "of the host's own");
    }

    private static Shape memberPage() {
        Shape member = Shape.object()
                .required("user", Shapes.user(), "")
                .required("role", Shape.oneOf("owner", "admin", "member"), "")
                .required("joinedSeq", Shapes.seq(), "the entry that made the user a member")
                .required("mutedUntil", Shape.count(), "before then the member may not send; 0 for never muted");
        return Shape.object()
                .required("members", Shape.listOf(member), "in ascending order of user")
                .optional("next", Shapes.user(), "what to give as `after` for the next page");
    }

    private static Shape changed() {
        return Shape.object()
                .required("conversation", Shapes.conversation(), "")
                .required("seq", Shapes.seq(), "the entry of the log that says so to the members");
    }

    private static Shape presence() {
        return Shape.object()
                .required("user", Shapes.user(), "")
                .required("state", Shape.oneOf("online", "away", "offline"), "")
                .required("devices", Shape.listOf(Shapes.id()), "with which the user is connected")
                .optional(
                        "lastActivity", Shapes.time(), "when the user was last seen to do something, if that is known");
    }

    private static Shape sessionPage() {
        Shape session = Shape.object()
                .required("session", Shapes.id(), "its id")
                .required("user", Shapes.user(), "")
                .required("device", Shapes.id(), "")
                .required("address", Shape.text(), "where it comes from")
                .required("client", Shape.text(), "what the client calls itself")
                .required("connectedAt", Shapes.time(), "")
                .required("lastActivityAt", Shapes.time(), "")
                .required("node", Shape.text(), "")
                .required("transport", Shape.text(), "");
        return Shape.object()
                .required("sessions", Shape.listOf(session), "")
                .required("count", Shape.count(), "how many there are in all")
                .optional("next", Shapes.id(), "what to give as `after` for the next page");
    }

    private static Shape online() {
        return Shape.object()
                .required("users", Shape.listOf(Shapes.user()), "in ascending order")
                .required("online", Shape.count(), "how many users are connected to this node")
                .optional("next", Shapes.user(), "what to give as `after` for the next page");
    }
}
