package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.List;

/** Who is there. */
final class PresenceRoutes {
    private static final String TAG = "presence";

    private final ImEngine engine;

    PresenceRoutes(ImEngine engine) {
        this.engine = engine;
    }

    List<Operation> operations() {
        return List.of(presence(), online());
    }

    private Operation presence() {
        return Operation.get("/users/{user}/presence", "getPresence")
                .tag(TAG)
                .says("Whether a user is connected, and with which devices", "")
                .answers(Shape.named("Presence"))
                .by(call -> Answer.of(presence(call.user())));
    }

    private ObjectNode presence(UserId user) {
        List<DeviceId> devices = engine.presence().devices(user);
        ObjectNode json = Views.object().put("user", user.value()).put("online", !devices.isEmpty());
        ArrayNode rows = json.putArray("devices");
        devices.forEach(device -> rows.add(device.value()));
        return json;
    }

    private Operation online() {
        return Operation.get("/presence", "listOnline")
                .tag(TAG)
                .says("A page of the users who are connected", "")
                .query("after", Shapes.user(), "only users above this one")
                .query("limit", Shapes.limit(Shapes.MAX_MEMBERS), "how many at the most")
                .answers(Shape.named("Online"))
                .by(this::online);
    }

    private Answer online(ApiCall call) {
        var online = engine.presence().usersOnline();
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
