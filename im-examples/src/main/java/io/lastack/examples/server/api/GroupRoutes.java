package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.Groups;
import io.lastack.ImEngine;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Groups and their members. */
final class GroupRoutes {
    private static final String TAG = "groups";
    private static final String LOGGED = "An entry of the group's log, which all members see.";

    private final ImEngine engine;
    private final UserId system;

    GroupRoutes(ImEngine engine, UserId system) {
        this.engine = engine;
        this.system = system;
    }

    List<Operation> operations() {
        return List.of(create(), info(), rename(), dissolve(), members(), add(), remove(), role());
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
        History history = body.optionalText("history").orElse("join").equals("all") ? History.ALL : History.FROM_JOIN;
        ConversationId group = Failures.await(groups(call)
                .create(
                        body.optionalText("group").map(ConversationId::group).orElse(null),
                        owner,
                        body.text("name"),
                        history,
                        members));
        return Answer.of(view(engine.groups().info(group)));
    }

    /** The groups, changed under the caller's key if there is one. */
    private Groups groups(ApiCall call) {
        return call.key() == null ? engine.groups() : engine.groups().withClientMessageId(call.key());
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
        return Views.object()
                .put("conversation", info.conversation().value())
                .put("name", info.name())
                .put("history", info.history() == History.ALL ? "all" : "join")
                .put("lastSeq", info.lastSeq())
                .put("members", info.members())
                .put("dissolved", info.dissolved());
    }

    private Operation rename() {
        return Operation.put("/groups/{group}/name", "renameGroup")
                .tag(TAG)
                .says("Rename a group", LOGGED)
                .repeatable()
                .body(byWhom(Shape.object().required("name", Shape.string(1, 128), "")))
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(change((call, by) ->
                        groups(call).rename(by, call.group(), call.body().text("name"))));
    }

    private Operation dissolve() {
        return Operation.delete("/groups/{group}", "dissolveGroup")
                .tag(TAG)
                .says("Dissolve a group", "All members leave, and it takes nothing more.")
                .repeatable()
                .query("by", Shapes.user(), "in whose name; the system's if left out")
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(change((call, by) -> groups(call).dissolve(by, call.group())));
    }

    private Operation members() {
        return Operation.get("/groups/{group}/members", "listMembers")
                .tag(TAG)
                .says("A page of a group's members", "")
                .query("after", Shapes.user(), "only members above this user")
                .query("limit", Shapes.limit(Shapes.MAX_MEMBERS), "how many at the most")
                .answers(Shape.named("MemberPage"))
                .fails(404)
                .by(this::members);
    }

    private Answer members(ApiCall call) {
        engine.groups().info(call.group());
        List<Member> page = engine.groups().members(call.group(), call.after().orElse(null), call.limit());
        ObjectNode json = Views.object();
        ArrayNode rows = json.putArray("members");
        page.forEach(each -> rows.addObject()
                .put("user", each.user().value())
                .put("role", Views.lower(each.role()))
                .put("joinedSeq", each.joinedSeq()));
        Views.next(json, page.stream().map(each -> each.user().value()).toList(), call.limit());
        return Answer.of(json);
    }

    private Operation add() {
        return Operation.post("/groups/{group}/members", "addMembers")
                .tag(TAG)
                .says("Add members", LOGGED + " Who is a member already stays one.")
                .repeatable()
                .body(byWhom(Shape.object().required("users", Shapes.users(1, Change.MAX_USERS), "")))
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(change((call, by) ->
                        groups(call).add(by, call.group(), call.body().users("users"))));
    }

    private Operation remove() {
        return Operation.delete("/groups/{group}/members/{user}", "removeMember")
                .tag(TAG)
                .says("Remove a member", LOGGED + " It is the last that the member sees.")
                .repeatable()
                .query("by", Shapes.user(), "in whose name; the system's if left out")
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(change((call, by) -> groups(call).remove(by, call.group(), List.of(call.user()))));
    }

    private Operation role() {
        return Operation.put("/groups/{group}/members/{user}/role", "setRole")
                .tag(TAG)
                .says("Give a member a role", LOGGED)
                .repeatable()
                .body(byWhom(Shape.object().required("role", Shape.oneOf("owner", "admin", "member"), "")))
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(change((call, by) -> groups(call)
                        .setRole(
                                by,
                                call.group(),
                                call.user(),
                                Role.valueOf(call.body().text("role").toUpperCase(Locale.ROOT)))));
    }

    private static Shape byWhom(Shape body) {
        return body.optional("by", Shapes.user(), "in whose name; the system's if left out");
    }

    private Operation.Handler change(BiFunction<ApiCall, UserId, CompletionStage<Long>> change) {
        return call -> {
            UserId by = call.body()
                    .optionalUser("by")
                    .or(() -> call.arguments().optionalUser("by"))
                    .orElse(system);
            return Answer.of(Views.changed(call.group(), Failures.await(change.apply(call, by))));
        };
    }
}
