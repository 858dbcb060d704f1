package io.lastack;

import io.lastack.error.StoreException;
import io.lastack.internal.append.AppendBatcher;
import io.lastack.log.ConversationId;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.ImStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Looks for what keeps an engine from its work. */
final class HealthCheck {
    /** It need not exist: what counts is that there is an answer. */
    private static final ConversationId PROBE = ConversationId.group("health");

    private final ImStore store;
    private final AppendBatcher batcher;
    private final EngineOptions options;
    private final BooleanSupplier draining;
    private final BooleanSupplier cutOff;

    /** @param cutOff whether there is a bus, and signals do not pass */
    HealthCheck(
            ImStore store,
            AppendBatcher batcher,
            EngineOptions options,
            BooleanSupplier draining,
            BooleanSupplier cutOff) {
        this.store = store;
        this.batcher = batcher;
        this.options = options;
        this.draining = draining;
        this.cutOff = cutOff;
    }

    Health look() {
        List<String> problems = new ArrayList<>();
        if (draining.getAsBoolean()) {
            problems.add("this node is going away");
        }
        if (!storeAnswers()) {
            problems.add("the store does not answer");
        }
        int waiting = batcher.waiting();
        if (waiting > options.appendQueue() / 2) {
            problems.add("the store does not keep up: " + waiting + " messages wait to be stored");
        }
        // All nodes lose the bus together, and each goes on without it.
        List<String> warnings =
                cutOff.getAsBoolean() ? List.of("the bus to the other nodes is not connected") : List.of();
        return new Health(problems, warnings);
    }

    private boolean storeAnswers() {
        try {
            store.log().epoch();
            store.memberships().find(PROBE);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }
}
