package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.log.UserId;
import io.lastack.spi.UserPresence;
import java.util.List;
import java.util.Set;

/** Who is there. */
final class PresenceRoutes {
    private static final String TAG = "presence";
    private static final int MAX_USERS = 500;

    private final ImEngine engine;

    PresenceRoutes(ImEngine engine) {
        this.engine = engine;
    }

    List<Operation> operations() {
        return List.of(one(), several(), online());
    }

    private Operation one() {
        return Operation.get("/users/{user}/presence", "getPresence")
                .tag(TAG)
                .says("Whether a user is connected, to whatever node, and with which devices", "")
                .answers(Shape.named("Presence"))
                .by(call -> Answer.of(view(engine.presence().state(call.user()))));
    }

    private Operation several() {
        return Operation.post("/presence", "lookUpPresence")
                .tag(TAG)
                .says("The same of many users", "Changes nothing.")
                .body(Shape.object().required("users", Shapes.users(1, MAX_USERS), ""))
                .answers(Shape.object()
                        .required("presence", Shape.listOf(Shape.named("Presence")), "of each, in the order asked for"))
                .by(this::several);
    }

    private Answer several(ApiCall call) {
        ObjectNode json = Views.object();
        ArrayNode rows = json.putArray("presence");
        engine.presence().states(call.body().users("users")).forEach(each -> rows.add(view(each)));
        return Answer.of(json);
    }

    private static ObjectNode view(UserPresence presence) {
        ObjectNode json = Views.object()
                .put("user", presence.user().value())
                .put("state", presence.isAway() ? "away" : presence.isOnline() ? "online" : "offline");
        ArrayNode devices = json.putArray("devices");
        presence.devices().forEach(device -> devices.add(device.value()));
        if (presence.lastActivity() > 0) {
            json.put("lastActivity", presence.lastActivity());
        }
        return json;
    }

    private Operation online() {
        return Operation.get("/presence", "listOnline")
                .tag(TAG)
                .says("A page of the users who are connected to this node", "")
                .query("after", Shapes.user(), "only users above this one")
                .query("limit", Shapes.limit(Shapes.MAX_MEMBERS), "how many at the most")
                .answers(Shape.named("Online"))
                .by(this::online);
    }

    private Answer online(ApiCall call) {
        Set<UserId> online = engine.presence().usersOnline();
        List<String> page = online.stream()
                .filter(user ->
                        call.after().map(after -> user.compareTo(after) > 0).orElse(true))
                .sorted()
                .limit(call.limit())
                .map(UserId::value)
                .toList();
        ObjectNode json = Views.object();
        ArrayNode rows = json.putArray("users");
        page.forEach(rows::add);
        json.put("online", online.size());
        Views.next(json, page, call.limit());
        return Answer.of(json);
    }
}
