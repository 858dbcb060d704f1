package io.lastack.examples.server.api;

import io.lastack.Groups;
import io.lastack.ImEngine;
import io.lastack.log.UserId;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** What all changes of groups have in common: in whose name they are made, under which id, and how they are answered. */
record GroupChanges(ImEngine engine, UserId system) {
    static final String LOGGED = "An entry of the group's log, which all members see.";

    static Shape byWhom(Shape body) {
        return body.optional("by", Shapes.user(), "in whose name; the system's if left out");
    }

    /** The groups, changed under the caller's key if there is one. */
    Groups groups(ApiCall call) {
        return call.key() == null ? engine.groups() : engine.groups().withClientMessageId(call.key());
    }

    Operation.Handler handler(BiFunction<ApiCall, UserId, CompletionStage<Long>> change) {
        return call -> {
            UserId by = call.body()
                    .optionalUser("by")
                    .or(() -> call.arguments().optionalUser("by"))
                    .orElse(system);
            return Answer.of(Views.changed(call.group(), Failures.await(change.apply(call, by))));
        };
    }
}
