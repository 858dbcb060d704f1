package io.lastack.examples.server.api;

import io.lastack.ImEngine;
import java.util.List;

/** Deleting old messages. */
final class RetentionRoutes {
    private static final String TAG = "retention";
    private static final long SWEEP_SECONDS = 600;

    private final ImEngine engine;

    RetentionRoutes(ImEngine engine) {
        this.engine = engine;
    }

    List<Operation> operations() {
        return List.of(sweep(), trim());
    }

    private Operation sweep() {
        return Operation.post("/retention/sweep", "sweep")
                .tag(TAG)
                .says("Delete what the retention policy says, now", "Answered when it is done.")
                .answers(Shape.object()
                        .required("conversations", Shape.count(), "of so many conversations")
                        .required("messages", Shape.count(), "so many messages were deleted"))
                .fails(501)
                .by(this::sweep);
    }

    private Answer sweep(ApiCall call) {
        requireSupport();
        var swept = Failures.await(engine.retention().sweep(), SWEEP_SECONDS);
        return Answer.of(
                Views.object().put("conversations", swept.conversations()).put("messages", swept.messages()));
    }

    private Operation trim() {
        return Operation.delete("/conversations/{conversation}/messages", "trimConversation")
                .tag(TAG)
                .says(
                        "Delete the beginning of a conversation",
                        "Whatever the retention policy says. Devices that have not received it are told that it is gone.")
                .requiredQuery("through", Shapes.seq(), "the highest seq to delete")
                .answers(Shape.object().required("trimmedThrough", Shape.count(), "everything up to here is gone"))
                .fails(501)
                .by(this::trim);
    }

    private Answer trim(ApiCall call) {
        requireSupport();
        long gone =
                engine.retention().trim(call.conversation(), call.arguments().number("through", 0));
        return Answer.of(Views.object().put("trimmedThrough", gone));
    }

    private void requireSupport() {
        if (!engine.retention().isSupported()) {
            throw new ProblemException(Problem.of(501, "this store cannot delete old messages"));
        }
    }
}
