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

/** Notifications: into the inbox of one user, or of several. */
final class NotificationRoutes {
    private static final String TAG = "notifications";
    private static final int MAX_RECEIVERS = 500;

    private final ImEngine engine;
    private final UserId system;

    NotificationRoutes(ImEngine engine, UserId system) {
        this.engine = engine;
        this.system = system;
    }

    List<Operation> operations() {
        return List.of(notification());
    }

    private Operation notification() {
        return Operation.post("/notifications", "notify")
                .tag(TAG)
                .says(
                        "Notify users",
                        "Stored in the inbox of each, delivered and acknowledged like messages. If it fails, some of them"
                                + " may have it: the same call with the same key reaches the others.")
                .repeatable()
                .body(Shape.object()
                        .required("receivers", Shapes.users(1, MAX_RECEIVERS), "")
                        .optional("sender", Shapes.user(), "in whose name; the system's if left out")
                        .required(
                                "type", Shape.matching("^[a-z][a-z0-9-]{0,31}$"), "what it is about: `friend-request`")
                        .optional("status", Shape.string(1, 64), "such as `pending`; the field `status` of `ext`")
                        .optional("remark", Shape.text(), "in words; the field `remark` of `ext`")
                        .optional("text", Shape.text(), "the body, if it is text")
                        .optional("body", Shape.text().encoded("base64"), "the body, if it is bytes; not with `text`")
                        .optional("ext", Shape.strings(), "fields of your own"))
                .answers(Shape.object()
                        .required("sent", Shape.listOf(Shape.named("Sent")), "one for each receiver, in their order"))
                .fails(413, 422)
                .by(this::send);
    }

    private Answer send(ApiCall call) {
        Fields body = call.body();
        Map<String, String> ext = body.strings("ext");
        body.optionalText("status").ifPresent(status -> ext.put("status", status));
        body.optionalText("remark").ifPresent(remark -> ext.put("remark", remark));
        Content content =
                new Content(Content.NOTIFICATION, body.text("type"), MessageRoutes.payload(body), ext, 0, List.of(), 0);
        // Without a key every call is a new notification; the one id is for all of its receivers.
        ClientMessageId id = call.key() != null
                ? call.key()
                : ClientMessageId.of(UUID.randomUUID().toString());
        ObjectNode json = Views.object();
        ArrayNode sent = json.putArray("sent");
        Failures.await(engine.notifications()
                        .send(body.optionalUser("sender").orElse(system), body.users("receivers"), id, content))
                .forEach(each -> sent.add(Views.sent(each)));
        return Answer.of(json);
    }
}
