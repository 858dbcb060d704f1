package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.UserId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Notifications: into the inbox of one user, of several, or of everybody online. */
final class NotificationRoutes {
    private static final String TAG = "notifications";
    private static final int MAX_RECEIVERS = 500;
    private static final long ONLINE_SECONDS = 600;

    private final ImEngine engine;
    private final UserId system;

    NotificationRoutes(ImEngine engine, UserId system) {
        this.engine = engine;
        this.system = system;
    }

    List<Operation> operations() {
        return List.of(notification(), online(), status());
    }

    private Operation notification() {
        return Operation.post("/notifications", "notify")
                .tag(TAG)
                .says(
                        "Notify users",
                        "Stored in the inbox of each, delivered and acknowledged like messages. If it fails, some of them"
                                + " may have it: the same call with the same key reaches the others.")
                .repeatable()
                .body(content(Shape.object().required("receivers", Shapes.users(1, MAX_RECEIVERS), "")))
                .answers(Shape.object()
                        .required("sent", Shape.listOf(Shape.named("Sent")), "one for each receiver, in their order"))
                .fails(403, 413, 422)
                .by(this::send);
    }

    private static Shape content(Shape body) {
        return body.optional("sender", Shapes.user(), "in whose name; the system's if left out")
                .required("type", Shape.matching("^[a-z][a-z0-9-]{0,31}$"), "what it is about: `friend-request`")
                .optional("status", Shape.string(1, 64), "such as `pending`; the field `status` of `ext`")
                .optional("remark", Shape.text(), "in words; the field `remark` of `ext`")
                .optional("text", Shape.text(), "the body, if it is text")
                .optional("body", Shape.text().encoded("base64"), "the body, if it is bytes; not with `text`")
                .optional("ext", Shape.strings(), "fields of your own");
    }

    private Answer send(ApiCall call) {
        ObjectNode json = Views.object();
        ArrayNode sent = json.putArray("sent");
        Failures.await(engine.notifications()
                        .send(sender(call), call.body().users("receivers"), id(call), content(call.body())))
                .forEach(each -> sent.add(Views.sent(each)));
        return Answer.of(json);
    }

    private Operation online() {
        return Operation.post("/notifications/online", "notifyOnline")
                .tag(TAG)
                .says(
                        "Notify everybody who is online",
                        "On all nodes; stored in the inbox of each, as any notification. Under the same key again, it goes to"
                                + " those who are online then and do not have it.")
                .repeatable()
                .body(content(Shape.object()))
                .answers(Shape.object().required("receivers", Shape.count(), "how many users it was sent to"))
                .fails(413, 422)
                .by(call -> Answer.of(Views.object()
                        .put(
                                "receivers",
                                Failures.await(
                                        engine.notifications()
                                                .sendToOnline(sender(call), id(call), content(call.body())),
                                        ONLINE_SECONDS))));
    }

    private Operation status() {
        return Operation.put("/users/{user}/notifications/{seq}/status", "setNotificationStatus")
                .tag(TAG)
                .says(
                        "Give a notification another status",
                        "The stored one changes, the receiver's devices are told, and so is its sender, unless it is the"
                                + " sender who does this.")
                .repeatable()
                .body(Shape.object()
                        .required(
                                "status",
                                Shape.string(1, 64),
                                "`pending`, `accepted`, `refused`, `expired`, or your own")
                        .optional("remark", Shape.text(), "in words; what is there if left out")
                        .optional("by", Shapes.user(), "who changes it; the system if left out"))
                .answers(Shape.named("Sent"))
                .fails(404, 409, 422)
                .by(call -> Answer.of(Views.sent(Failures.await(engine.notifications()
                        .updateStatus(
                                call.body().optionalUser("by").orElse(system),
                                call.user(),
                                call.seq(),
                                id(call),
                                call.body().text("status"),
                                call.body().optionalText("remark").orElse(""))))));
    }

    private UserId sender(ApiCall call) {
        return call.body().optionalUser("sender").orElse(system);
    }

    private static Content content(Fields body) {
        Map<String, String> ext = body.strings("ext");
        body.optionalText("status").ifPresent(status -> ext.put("status", status));
        body.optionalText("remark").ifPresent(remark -> ext.put("remark", remark));
        return new Content(Content.NOTIFICATION, body.text("type"), MessageRoutes.payload(body), ext, 0, List.of(), 0);
    }

    /** Without a key every call is a new notification; the one id is for all of its receivers. */
    private static ClientMessageId id(ApiCall call) {
        return call.key() != null
                ? call.key()
                : ClientMessageId.of(UUID.randomUUID().toString());
    }
}
