package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.ConversationInfo;
import java.util.List;
import java.util.TreeMap;

/** Groups. */
final class GroupRoutes {
    private static final String TAG = "groups";

    private final ImEngine engine;
    private final GroupChanges changes;

    GroupRoutes(ImEngine engine, GroupChanges changes) {
        this.engine = engine;
        this.changes = changes;
    }

    List<Operation> operations() {
        return List.of(create(), info(), rename(), attributes(), history(), owner(), dissolve());
    }

    private Operation create() {
        return Operation.post("/groups", "createGroup")
                .tag(TAG)
                .says("Create a group", "")
                .repeatable()
                .body(Shape.object()
                        .required("owner", Shapes.user(), "its owner and first member")
                        .required("name", Shape.string(1, 128), "")
                        .optional("members", Shapes.users(0, Change.MAX_USERS), "the other members")
                        .optional("group", Shapes.id(), "the id wanted; one is drawn if left out")
                        .optional("history", Shape.oneOf("join", "all").withDefault("join"), "what a new member sees"))
                .answers(201, Shape.named("Group"))
                .fails(409)
                .by(this::create);
    }

    private Answer create(ApiCall call) {
        Fields body = call.body();
        UserId owner = body.user("owner");
        List<UserId> members = body.users("members");
        History history = history(body.optionalText("history").orElse("join"));
        ConversationId group = Failures.await(changes.groups(call)
                .create(
                        body.optionalText("group").map(ConversationId::group).orElse(null),
                        owner,
                        body.text("name"),
                        history,
                        members));
        return Answer.of(view(engine.groups().info(group)));
    }

    private Operation info() {
        return Operation.get("/groups/{group}", "getGroup")
                .tag(TAG)
                .says("A group as it stands", "")
                .answers(Shape.named("Group"))
                .fails(404)
                .by(call -> Answer.of(view(engine.groups().info(call.group()))));
    }

    private static ObjectNode view(ConversationInfo info) {
        ObjectNode json = Views.object()
                .put("conversation", info.conversation().value())
                .put("name", info.name())
                .put("history", info.history() == History.ALL ? "all" : "join")
                .put("lastSeq", info.lastSeq())
                .put("members", info.members())
                .put("dissolved", info.dissolved());
        ObjectNode attributes = json.putObject("attributes");
        new TreeMap<>(info.attributes()).forEach(attributes::put);
        return json;
    }

    private Operation rename() {
        return Operation.put("/groups/{group}/name", "renameGroup")
                .tag(TAG)
                .says("Rename a group", GroupChanges.LOGGED)
                .repeatable()
                .body(GroupChanges.byWhom(Shape.object().required("name", Shape.string(1, 128), "")))
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(changes.handler((call, by) -> changes.groups(call)
                        .rename(by, call.group(), call.body().text("name"))));
    }

    private Operation attributes() {
        return Operation.put("/groups/{group}/attributes", "setGroupAttributes")
                .tag(TAG)
                .says("Set all attributes of a group, in the place of those it had", GroupChanges.LOGGED)
                .repeatable()
                .body(
                        GroupChanges.byWhom(
                                Shape.object()
                                        .required(
                                                "attributes",
                                                Shape.strings(),
                                                "at most 32, names of 1 to 32 of `A-Z a-z 0-9 . _ -`, values of at most 1,024 characters")))
                .answers(Shape.named("Changed"))
                .fails(404, 409, 422)
                .by(changes.handler((call, by) -> changes.groups(call)
                        .setAttributes(by, call.group(), call.body().strings("attributes"))));
    }

    private Operation history() {
        return Operation.put("/groups/{group}/history", "setGroupHistory")
                .tag(TAG)
                .says("Say what members see who join from now on", GroupChanges.LOGGED)
                .repeatable()
                .body(GroupChanges.byWhom(Shape.object().required("history", Shape.oneOf("join", "all"), "")))
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(changes.handler((call, by) -> changes.groups(call)
                        .setHistory(by, call.group(), history(call.body().text("history")))));
    }

    private static History history(String word) {
        return word.equals("all") ? History.ALL : History.FROM_JOIN;
    }

    private Operation owner() {
        return Operation.put("/groups/{group}/owner", "transferGroup")
                .tag(TAG)
                .says(
                        "Hand a group over",
                        GroupChanges.LOGGED + " Who hands it over becomes an admin, if an owner before.")
                .repeatable()
                .body(Shape.object()
                        .required("owner", Shapes.user(), "a member, who becomes an owner")
                        .required("by", Shapes.user(), "who hands it over"))
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(changes.handler((call, by) -> changes.groups(call)
                        .transfer(by, call.group(), call.body().user("owner"))));
    }

    private Operation dissolve() {
        return Operation.delete("/groups/{group}", "dissolveGroup")
                .tag(TAG)
                .says("Dissolve a group", "All members leave, and it takes nothing more.")
                .repeatable()
                .query("by", Shapes.user(), "in whose name; the system's if left out")
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(changes.handler((call, by) -> changes.groups(call).dissolve(by, call.group())));
    }
}
