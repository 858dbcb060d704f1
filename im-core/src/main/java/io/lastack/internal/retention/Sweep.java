package io.lastack.internal.retention;

import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationId.Kind;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.LogExtent;
import io.lastack.spi.LogRetention;
import io.lastack.spi.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One pass over all logs: looks at a page of them, deletes what is due of each, a batch at a time with a pause after it, so
 * that the store has time for everything else, and goes on to the next page. One step runs at a time.
 */
final class Sweep {
    private static final int PAGE = 500;
    private static final int BATCH = 500;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final LogRetention retention;
    private final EngineRuntime runtime;
    private final ConversationIndex index;
    private final RetentionPolicy policy;
    private final CompletableFuture<Swept> done = new CompletableFuture<>();
    private final ArrayDeque<Kind> kinds;
    private final ArrayDeque<Bound> due = new ArrayDeque<>();
    private final Set<ConversationId> touched = new HashSet<>();
    private @Nullable ConversationId after;
    private long conversations;
    private long messages;
    private volatile boolean stopped;

    Sweep(LogRetention retention, EngineRuntime runtime, ConversationIndex index, RetentionPolicy policy) {
        this.retention = retention;
        this.runtime = runtime;
        this.index = index;
        this.policy = policy;
        List<Kind> concerned = new ArrayList<>(Arrays.asList(Kind.values()));
        concerned.removeIf(kind -> policy.rule(kind).keepsEverything());
        this.kinds = new ArrayDeque<>(concerned);
    }

    /** @return completes with what was deleted; exceptionally if the store failed (what was deleted before stays so) */
    CompletableFuture<Swept> begin() {
        runtime.execute(this::step);
        return done;
    }

    /** Ends after the step under way. */
    void stop() {
        stopped = true;
    }

    private void step() {
        try {
            if (stopped || (due.isEmpty() && kinds.isEmpty())) {
                done.complete(new Swept(conversations, messages));
            } else if (due.isEmpty()) {
                look(kinds.element());
                runtime.execute(this::step);
            } else {
                delete(due.remove());
                runtime.schedule(PAUSE, () -> runtime.execute(this::step));
            }
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private void look(Kind kind) {
        List<LogExtent> page = retention.extents(kind, after, PAGE);
        long now = runtime.currentTimeMillis();
        touched.clear();
        page.forEach(extent -> due.addAll(Bound.of(extent, policy.rule(kind), now)));
        if (page.size() < PAGE) {
            kinds.remove();
            after = null;
        } else {
            after = page.get(page.size() - 1).conversation();
        }
    }

    private void delete(Bound bound) {
        long gone = retention.trim(bound.conversation(), bound.through(), bound.sentBefore(), BATCH);
        long deleted = gone - bound.gone();
        if (deleted <= 0) {
            return;
        }
        index.forgetThrough(bound.conversation(), gone);
        messages += deleted;
        conversations += touched.add(bound.conversation()) ? 1 : 0;
        if (deleted >= BATCH) {
            due.addFirst(bound.goneThrough(gone));
        }
    }
}
