package io.lastack.examples.server.api;

import io.lastack.ImEngine;
import io.lastack.error.InvalidRequestException;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import java.util.Base64;
import java.util.List;

/** Sending and reading messages. */
final class MessageRoutes {
    private static final String TAG = "messages";

    private final ImEngine engine;
    private final UserId system;

    MessageRoutes(ImEngine engine, UserId system) {
        this.engine = engine;
        this.system = system;
    }

    List<Operation> operations() {
        return List.of(send(), history(), one(), receipts());
    }

    private Operation send() {
        return Operation.post("/messages", "sendMessage")
                .tag(TAG)
                .says(
                        "Send a message, as a user or as the system",
                        "Answered after the commit. With an `Idempotency-Key`, which becomes the message's"
                                + " `clientMessageId`, sending again is harmless for as long as the message is kept: the"
                                + " answer has the first one's `seq`, and `duplicate` is true.")
                .repeatable()
                .body(Shape.object()
                        .required(
                                "conversation",
                                Shapes.conversationOrUser(),
                                "`group:G`, `direct:A~B`, or `user:B` for the direct one of the sender and B")
                        .optional("sender", Shapes.user(), "in whose name; the system's if left out")
                        .optional("kind", Shape.string(1, 32).withDefault("message"), "`message`, or your own `x-…`")
                        .optional("type", Shape.string(1, 32).withDefault("text"), "how to show it")
                        .optional("text", Shape.text(), "the body, if it is text")
                        .optional("body", Shape.text().encoded("base64"), "the body, if it is bytes; not with `text`")
                        .optional("ext", Shape.strings(), "fields of your own")
                        .optional("replyTo", Shapes.seq(), "the entry that it replies to")
                        .optional("mentions", Shapes.users(0, Content.MAX_MENTIONS), "users named in it"))
                .answers(Shape.named("Sent"))
                .fails(404, 409, 413, 422)
                .by(this::send);
    }

    private Answer send(ApiCall call) {
        Fields fields = call.body();
        UserId sender = fields.optionalUser("sender").orElse(system);
        ConversationId conversation = fields.conversation("conversation", sender);
        if (conversation.kind() == ConversationId.Kind.INBOX) {
            throw new InvalidRequestException(
                    InvalidRequestException.Reason.UNPROCESSABLE,
                    "conversation is " + conversation + "; an inbox takes notifications only (POST /notifications)");
        }
        String kind = fields.optionalText("kind").orElse(Content.MESSAGE);
        if (!kind.equals(Content.MESSAGE) && !kind.startsWith("x-")) {
            throw new InvalidRequestException("kind is " + kind + "; message or your own x-… is allowed");
        }
        Content content = new Content(
                kind,
                fields.optionalText("type").orElse("text"),
                payload(fields),
                fields.strings("ext"),
                fields.number("replyTo", 0),
                fields.users("mentions"),
                0);
        Draft draft = new Draft(conversation, sender, call.key(), content, null);
        return Answer.of(Views.sent(Failures.await(engine.messages().send(draft))));
    }

    static Payload payload(Fields fields) {
        if (fields.has("text") && fields.has("body")) {
            throw new InvalidRequestException("text and body are both given; one of them is allowed");
        }
        if (fields.has("body")) {
            try {
                return Payload.wrap(false, Base64.getDecoder().decode(fields.text("body")));
            } catch (IllegalArgumentException e) {
                throw new InvalidRequestException("body is not base64");
            }
        }
        return fields.optionalText("text").map(Payload::text).orElse(Payload.EMPTY);
    }

    private Operation history() {
        return Operation.get("/conversations/{conversation}/messages", "listMessages")
                .tag(TAG)
                .says(
                        "A page of a conversation's log",
                        "The newest messages, those `before` a seq, or those `after` one; always in ascending order. A"
                                + " page holds 1 MiB at the most, so it may be shorter than `limit`: go on while `more`.")
                .query("after", Shape.count(), "only entries above this one, the oldest first")
                .query("before", Shapes.seq(), "only entries below this one, the newest of them")
                .query("limit", Shapes.limit(Shapes.MAX_PAGE), "how many at the most")
                .answers(Shape.named("MessagePage"))
                .by(this::history);
    }

    private Answer history(ApiCall call) {
        Fields arguments = call.arguments();
        if (arguments.has("after") && arguments.has("before")) {
            throw new InvalidRequestException("after and before are both given; one of them is allowed");
        }
        ConversationId conversation = call.conversation();
        return Answer.of(Views.page(
                conversation,
                arguments.has("after")
                        ? engine.messages().after(conversation, arguments.number("after", 0), call.limit())
                        : engine.messages()
                                .before(conversation, arguments.number("before", Long.MAX_VALUE), call.limit())));
    }

    private Operation one() {
        return Operation.get("/conversations/{conversation}/messages/{seq}", "getMessage")
                .tag(TAG)
                .says("One entry of a conversation's log", "")
                .answers(Shape.named("Message"))
                .fails(404)
                .by(call -> Answer.of(Views.message(find(call))));
    }

    private Message find(ApiCall call) {
        List<Message> found = engine.messages().read(call.conversation(), new SeqRange(call.seq(), call.seq()));
        if (found.isEmpty()) {
            throw new InvalidRequestException(
                    InvalidRequestException.Reason.NOT_FOUND,
                    "seq " + call.seq() + " of " + call.conversation() + " does not exist, or no more");
        }
        return found.get(0);
    }

    private Operation receipts() {
        return Operation.get("/conversations/{conversation}/messages/{seq}/receipts", "getReceipts")
                .tag(TAG)
                .says(
                        "Who has read a message, who has not, and whom it has reached",
                        "Of those entitled to it, without its sender.")
                .answers(Shape.named("Receipts"))
                .fails(404)
                .by(call -> Answer.of(Views.receipts(
                        call.conversation(), engine.receipts().readers(call.conversation(), call.seq()))));
    }
}
