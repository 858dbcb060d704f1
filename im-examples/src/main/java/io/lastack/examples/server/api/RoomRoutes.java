package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.error.InvalidRequestException;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import java.util.Base64;
import java.util.List;

/** What is told to who is there, and not kept: rooms, and everybody online. */
final class RoomRoutes {
    private static final String TAG = "rooms";
    private static final int MAX_EVENT = 64;

    private final ImEngine engine;
    private final UserId system;

    RoomRoutes(ImEngine engine, UserId system) {
        this.engine = engine;
        this.system = system;
    }

    List<Operation> operations() {
        return List.of(room(), publish(), broadcast());
    }

    private Operation room() {
        return Operation.get("/rooms/{room}", "getRoom")
                .tag(TAG)
                .says(
                        "Who is in a room, on all nodes",
                        "A room that nobody is in is empty, and does not have to exist.")
                .answers(Shape.object()
                        .required("room", Shapes.id(), "")
                        .required("count", Shape.count(), "how many users")
                        .required("members", Shape.listOf(Shapes.user()), "in ascending order"))
                .by(this::room);
    }

    private Answer room(ApiCall call) {
        String room = call.arguments().text("room");
        List<UserId> members = engine.rooms().members(room);
        ObjectNode json = Views.object().put("room", room).put("count", members.size());
        Views.users(json.putArray("members"), members);
        return Answer.of(json);
    }

    private Operation publish() {
        return Operation.post("/rooms/{room}/events", "publishToRoom")
                .tag(TAG)
                .says("Say something to everybody in a room, on all nodes", "Told to who is there, and kept nowhere.")
                .body(event())
                .fails(413)
                .by(call -> {
                    engine.rooms()
                            .publish(
                                    sender(call),
                                    call.arguments().text("room"),
                                    call.body().text("event"),
                                    body(call));
                    return Answer.NOTHING;
                });
    }

    private Operation broadcast() {
        return Operation.post("/broadcasts", "broadcast")
                .tag(TAG)
                .says(
                        "Say something to everybody who is online, on all nodes",
                        "An event of the room `*`, which nobody joins. Who is offline misses it: what is to be kept is a"
                                + " notification.")
                .body(event())
                .fails(413)
                .by(call -> {
                    engine.rooms().broadcast(sender(call), call.body().text("event"), body(call));
                    return Answer.NOTHING;
                });
    }

    private static Shape event() {
        return Shape.object()
                .required("event", Shape.string(1, MAX_EVENT), "what sort of event it is")
                .optional("sender", Shapes.user(), "in whose name; the system's if left out")
                .optional("text", Shape.text(), "the payload, if it is text")
                .optional("body", Shape.text().encoded("base64"), "the payload, if it is bytes; not with `text`");
    }

    private UserId sender(ApiCall call) {
        return call.body().optionalUser("sender").orElse(system);
    }

    private static Body body(ApiCall call) {
        Fields fields = call.body();
        try {
            return new Body(
                    fields.optionalText("text").orElse(null),
                    fields.has("body") ? Base64.getDecoder().decode(fields.text("body")) : null);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("body is not base64");
        }
    }
}
