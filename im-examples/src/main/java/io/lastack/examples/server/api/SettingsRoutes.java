package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.log.Change;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.UserId;
import java.util.List;

/** What users set for themselves: how conversations are shown, whom they block, and that all is read. */
final class SettingsRoutes {
    private static final String TAG = "users";
    private static final String TOLD = "An entry of the user's inbox, which all of its devices see.";

    private final ImEngine engine;

    SettingsRoutes(ImEngine engine) {
        this.engine = engine;
    }

    List<Operation> operations() {
        return List.of(read(), readAll(), show(), blocked(), block(), unblock());
    }

    private Operation read() {
        return Operation.post("/users/{user}/conversations/{conversation}/read", "readConversation")
                .tag(TAG)
                .says(
                        "Mark a conversation of a user as read",
                        "Its devices and the authors hear of it, as if it had read.")
                .body(Shape.object()
                        .optional(
                                "seq", Shapes.seq(), "the newest message read; all that the user may see if left out"))
                .answers(Shape.object()
                        .required("conversation", Shapes.conversation(), "")
                        .required("lastRead", Shape.count(), "everything up to here is read"))
                .fails(404, 422)
                .by(this::read);
    }

    private Answer read(ApiCall call) {
        long seq = call.body().number("seq", 0);
        return Answer.of(Views.object()
                .put("conversation", call.conversation().value())
                .put("lastRead", Failures.await(engine.receipts().read(call.user(), call.conversation(), seq))));
    }

    private Operation readAll() {
        return Operation.post("/users/{user}/read", "readAll")
                .tag(TAG)
                .says("Mark all conversations of a user as read", "Up to what the user may see of them now.")
                .answers(Shape.object().required("conversations", Shape.count(), "how many had something to read"))
                .by(call -> Answer.of(Views.object()
                        .put("conversations", Failures.await(engine.receipts().readAll(call.user())))));
    }

    private Operation show() {
        return Operation.put("/users/{user}/conversations/{conversation}/settings", "setConversationSettings")
                .tag(TAG)
                .says("Say how a user wants a conversation shown", TOLD + " In the place of what was set before.")
                .body(Shape.object()
                        .optional(
                                "mutedUntil",
                                Shape.integer(0, Change.FOR_GOOD),
                                "milliseconds since the epoch; 0 for not muted, " + Change.FOR_GOOD + " for good")
                        .optional("pinned", Shape.bool(), "")
                        .optional("archived", Shape.bool(), ""))
                .answers(Shape.named("Changed"))
                .fails(403, 404, 409)
                .by(call -> changed(
                        call.user(),
                        Failures.await(engine.settings()
                                .show(
                                        call.user(),
                                        call.conversation(),
                                        new ConversationSettings(
                                                call.body().number("mutedUntil", 0),
                                                call.body().flag("pinned"),
                                                call.body().flag("archived"))))));
    }

    private Operation blocked() {
        return Operation.get("/users/{user}/blocked", "listBlocked")
                .tag(TAG)
                .says("A page of those whom a user has blocked", "")
                .query("after", Shapes.user(), "only users above this one")
                .query("limit", Shapes.limit(Shapes.MAX_MEMBERS), "how many at the most")
                .answers(Shape.object()
                        .required("users", Shape.listOf(Shapes.user()), "in ascending order")
                        .optional("next", Shapes.user(), "what to give as `after` for the next page"))
                .by(this::blocked);
    }

    private Answer blocked(ApiCall call) {
        List<UserId> page = engine.settings().blocked(call.user(), call.after().orElse(null), call.limit());
        ObjectNode json = Views.object();
        Views.users(json.putArray("users"), page);
        Views.next(json, page.stream().map(UserId::value).toList(), call.limit());
        return Answer.of(json);
    }

    private Operation block() {
        return Operation.put("/users/{user}/blocked/{blocked}", "blockUser")
                .tag(TAG)
                .says("Block somebody for a user", TOLD)
                .answers(Shape.named("Changed"))
                .fails(409)
                .by(call ->
                        changed(call.user(), Failures.await(engine.settings().block(call.user(), other(call)))));
    }

    private Operation unblock() {
        return Operation.delete("/users/{user}/blocked/{blocked}", "unblockUser")
                .tag(TAG)
                .says("Block somebody no longer", TOLD)
                .answers(Shape.named("Changed"))
                .fails(409)
                .by(call ->
                        changed(call.user(), Failures.await(engine.settings().unblock(call.user(), other(call)))));
    }

    private static UserId other(ApiCall call) {
        return call.arguments().user("blocked");
    }

    private static Answer changed(UserId user, long seq) {
        return Answer.of(Views.changed(ConversationId.inbox(user), seq));
    }
}
