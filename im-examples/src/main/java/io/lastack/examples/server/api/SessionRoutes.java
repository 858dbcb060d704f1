package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.error.InvalidRequestException;
import io.lastack.log.DeviceId;
import io.lastack.session.SessionInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The connections of this node: listing, closing, and refusing tokens. */
final class SessionRoutes {
    private static final String TAG = "sessions";
    private static final int MAX_REASON = 123;
    private static final String KICKED = "disconnected by the host";

    private final ImEngine engine;

    SessionRoutes(ImEngine engine) {
        this.engine = engine;
    }

    List<Operation> operations() {
        return List.of(list(), ofUser(), closeOne(), closeUser(), closeDevice(), revoke());
    }

    private Operation list() {
        return Operation.get("/sessions", "listSessions")
                .tag(TAG)
                .says("A page of the sessions of this node", "")
                .query("after", Shapes.id(), "only sessions above this id")
                .query("limit", Shapes.limit(Shapes.MAX_MEMBERS), "how many at the most")
                .answers(Shape.named("SessionPage"))
                .by(this::list);
    }

    private Answer list(ApiCall call) {
        List<SessionInfo> page =
                engine.sessions().list(call.arguments().optionalText("after").orElse(null), call.limit());
        ObjectNode json = view(page);
        json.put("count", engine.sessions().count());
        Views.next(json, page.stream().map(SessionInfo::id).toList(), call.limit());
        return Answer.of(json);
    }

    private Operation ofUser() {
        return Operation.get("/users/{user}/sessions", "listSessionsOfUser")
                .tag(TAG)
                .says("The sessions of a user, the oldest login first", "")
                .answers(Shape.named("SessionPage"))
                .by(call -> {
                    List<SessionInfo> sessions = engine.sessions().of(call.user());
                    return Answer.of(view(sessions).put("count", sessions.size()));
                });
    }

    private static ObjectNode view(List<SessionInfo> sessions) {
        ObjectNode json = Views.object();
        ArrayNode rows = json.putArray("sessions");
        sessions.forEach(each -> rows.addObject()
                .put("session", each.id())
                .put("user", each.user().value())
                .put("device", each.device().value())
                .put("address", each.address())
                .put("client", each.client())
                .put("connectedAt", each.connectedAt())
                .put("lastActivityAt", each.lastActivityAt())
                .put("node", each.node())
                .put("transport", each.transport()));
        return json;
    }

    private Operation closeOne() {
        return closing("/sessions/{session}", "closeSession", "Close a session")
                .fails(404)
                .by(call -> {
                    String session = call.arguments().text("session");
                    if (!engine.sessions().close(session, reason(call))) {
                        throw new InvalidRequestException(
                                InvalidRequestException.Reason.NOT_FOUND, "session " + session + " is not there");
                    }
                    return closed(1);
                });
    }

    private Operation closeUser() {
        return closing("/users/{user}/sessions", "closeSessionsOfUser", "Close the sessions of a user")
                .by(call -> closed(engine.sessions().close(call.user(), reason(call))));
    }

    private Operation closeDevice() {
        return closing(
                        "/users/{user}/devices/{device}/sessions",
                        "closeSessionsOfDevice",
                        "Close the sessions of a device")
                .by(call -> closed(engine.sessions().close(call.user(), device(call), reason(call))));
    }

    private static OperationBuilder closing(String path, String id, String summary) {
        return Operation.delete(path, id)
                .tag(TAG)
                .says(
                        summary,
                        "Of this node, with close code 1008: clients that follow the protocol do not come back by themselves."
                                + " For good, revoke the tokens.")
                .query("reason", Shape.string(1, MAX_REASON), "told to the device; at most 123 bytes of UTF-8")
                .answers(Shape.named("Closed"));
    }

    private Operation revoke() {
        return Operation.post("/users/{user}/revocations", "revokeTokens")
                .tag(TAG)
                .says(
                        "Log a user out, on all devices or on one",
                        "Tokens that were issued before a time are refused from now on, and the sessions that were opened with"
                                + " one are closed with 4401.")
                .body(Shape.object()
                        .optional("before", Shapes.time(), "milliseconds since the epoch; now if left out")
                        .optional("device", Shapes.id(), "only where this device logs in"))
                .answers(Shape.named("Closed"))
                .by(this::revoke);
    }

    private Answer revoke(ApiCall call) {
        long before = call.body().number("before", System.currentTimeMillis());
        return closed(call.body()
                .optionalText("device")
                .map(device -> engine.sessions().revoke(call.user(), DeviceId.of(device), before))
                .orElseGet(() -> engine.sessions().revoke(call.user(), before)));
    }

    private static DeviceId device(ApiCall call) {
        return DeviceId.of(call.arguments().text("device"));
    }

    private static String reason(ApiCall call) {
        String reason = call.arguments().optionalText("reason").orElse(KICKED);
        int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_REASON) {
            throw new InvalidRequestException("reason has " + bytes + " bytes; at most " + MAX_REASON + " are allowed");
        }
        return reason;
    }

    private static Answer closed(int sessions) {
        return Answer.of(Views.object().put("closed", sessions));
    }
}
