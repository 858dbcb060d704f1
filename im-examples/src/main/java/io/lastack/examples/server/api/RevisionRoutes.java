package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.log.Content;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import java.util.List;

/** Recalling and editing messages, and reacting to them. */
final class RevisionRoutes {
    private static final String TAG = "messages";
    private static final String PATH = "/conversations/{conversation}/messages/{seq}";
    private static final int MAX_REACTIONS = 1_000;

    private final ImEngine engine;
    private final ImStore store;
    private final UserId system;

    RevisionRoutes(ImEngine engine, ImStore store, UserId system) {
        this.engine = engine;
        this.store = store;
        this.system = system;
    }

    List<Operation> operations() {
        return List.of(recall(), edit(), react(), reactions());
    }

    private Operation recall() {
        return Operation.post(PATH + "/recall", "recallMessage")
                .tag(TAG)
                .says(
                        "Recall a message or notification",
                        "Whoever sent it, and whenever. Nothing that it said stays in the store; an entry of the log tells all"
                                + " devices.")
                .repeatable()
                .body(Shape.object().optional("by", Shapes.user(), "in whose name; the system's if left out"))
                .answers(Shape.named("Sent"))
                .fails(404, 409)
                .by(call -> send(call, Content.recall(call.seq())));
    }

    private Operation edit() {
        return Operation.post(PATH + "/edit", "editMessage")
                .tag(TAG)
                .says(
                        "Edit a message or notification",
                        "Whoever sent it, and whenever. It has this body, these fields and these mentions from now on, and keeps"
                                + " its place; an entry of the log tells all devices.")
                .repeatable()
                .body(Shape.object()
                        .optional("by", Shapes.user(), "in whose name; the system's if left out")
                        .optional("text", Shape.text(), "the body, if it is text")
                        .optional("body", Shape.text().encoded("base64"), "the body, if it is bytes; not with `text`")
                        .optional("ext", Shape.strings(), "fields of your own")
                        .optional("mentions", Shapes.users(0, Content.MAX_MENTIONS), "users named in it"))
                .answers(Shape.named("Sent"))
                .fails(404, 409, 413, 422)
                .by(call -> send(
                        call,
                        Content.edit(
                                call.seq(),
                                MessageRoutes.payload(call.body()),
                                call.body().strings("ext"),
                                call.body().users("mentions"))));
    }

    private Operation react() {
        return Operation.post(PATH + "/reactions", "react")
                .tag(TAG)
                .says("React to a message, or take that back", "An entry of the log, which all devices see.")
                .repeatable()
                .body(Shape.object()
                        .required("by", Shapes.user(), "who reacts")
                        .required("emoji", Shape.string(1, Reaction.MAX_EMOJI_BYTES), "at most 64 bytes of UTF-8")
                        .optional("remove", Shape.bool(), "true to take it back"))
                .answers(Shape.named("Sent"))
                .fails(404, 409, 422)
                .by(call -> send(
                        call,
                        Reaction.content(
                                call.seq(),
                                call.body().text("emoji"),
                                call.body().flag("remove"))));
    }

    private Answer send(ApiCall call, Content content) {
        UserId by = call.body().optionalUser("by").orElse(system);
        Draft draft = new Draft(call.conversation(), by, call.key(), content, null);
        return Answer.of(Views.sent(Failures.await(engine.messages().send(draft))));
    }

    private Operation reactions() {
        Shape reaction = Shape.object()
                .required("user", Shapes.user(), "")
                .required("emoji", Shape.text(), "")
                .required("seq", Shapes.seq(), "the entry that says so");
        return Operation.get(PATH + "/reactions", "listReactions")
                .tag(TAG)
                .says("The current reactions to a message", "In the order of their entries; the first 1,000.")
                .answers(Shape.object().required("reactions", Shape.listOf(reaction), ""))
                .by(this::reactions);
    }

    private Answer reactions(ApiCall call) {
        ObjectNode json = Views.object();
        ArrayNode rows = json.putArray("reactions");
        store.log()
                .reactions(call.conversation(), new SeqRange(call.seq(), call.seq()), MAX_REACTIONS)
                .forEach(each -> rows.addObject()
                        .put("user", each.user().value())
                        .put("emoji", each.emoji())
                        .put("seq", each.seq()));
        return Answer.of(json);
    }
}
