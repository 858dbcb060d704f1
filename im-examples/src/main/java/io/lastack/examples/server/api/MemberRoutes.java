package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.log.Change;
import io.lastack.log.Change.Role;
import io.lastack.spi.Member;
import java.util.List;
import java.util.Locale;

/** Members of groups. */
final class MemberRoutes {
    private static final String TAG = "groups";

    private final ImEngine engine;
    private final GroupChanges changes;

    MemberRoutes(ImEngine engine, GroupChanges changes) {
        this.engine = engine;
        this.changes = changes;
    }

    List<Operation> operations() {
        return List.of(members(), add(), remove(), role(), mute());
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
                .put("joinedSeq", each.joinedSeq())
                .put("mutedUntil", each.mutedUntil()));
        Views.next(json, page.stream().map(each -> each.user().value()).toList(), call.limit());
        return Answer.of(json);
    }

    private Operation add() {
        return Operation.post("/groups/{group}/members", "addMembers")
                .tag(TAG)
                .says("Add members", GroupChanges.LOGGED + " Who is a member already stays one.")
                .repeatable()
                .body(GroupChanges.byWhom(Shape.object().required("users", Shapes.users(1, Change.MAX_USERS), "")))
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(changes.handler((call, by) ->
                        changes.groups(call).add(by, call.group(), call.body().users("users"))));
    }

    private Operation remove() {
        return Operation.delete("/groups/{group}/members/{user}", "removeMember")
                .tag(TAG)
                .says("Remove a member", GroupChanges.LOGGED + " It is the last that the member sees.")
                .repeatable()
                .query("by", Shapes.user(), "in whose name; the system's if left out")
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(changes.handler((call, by) -> changes.groups(call).remove(by, call.group(), List.of(call.user()))));
    }

    private Operation role() {
        return Operation.put("/groups/{group}/members/{user}/role", "setRole")
                .tag(TAG)
                .says("Give a member a role", GroupChanges.LOGGED)
                .repeatable()
                .body(GroupChanges.byWhom(Shape.object().required("role", Shape.oneOf("owner", "admin", "member"), "")))
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(changes.handler((call, by) -> changes.groups(call)
                        .setRole(
                                by,
                                call.group(),
                                call.user(),
                                Role.valueOf(call.body().text("role").toUpperCase(Locale.ROOT)))));
    }

    private Operation mute() {
        return Operation.put("/groups/{group}/members/{user}/mute", "muteMember")
                .tag(TAG)
                .says("Let a member not send until then", GroupChanges.LOGGED)
                .repeatable()
                .body(GroupChanges.byWhom(Shape.object()
                        .required(
                                "until",
                                Shape.integer(0, Change.FOR_GOOD),
                                "milliseconds since the epoch; 0 ends it, " + Change.FOR_GOOD + " is for good")))
                .answers(Shape.named("Changed"))
                .fails(404, 409)
                .by(changes.handler((call, by) -> changes.groups(call)
                        .mute(by, call.group(), call.user(), call.body().number("until", 0))));
    }
}
