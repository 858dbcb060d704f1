package io.lastack.internal.append;

import io.lastack.error.ImException;
import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.fanout.Touched;
import io.lastack.log.AppendOutcome;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Draft;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.SendInterceptor;
import io.lastack.spi.UserContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The way of every draft into the log: bounds, interceptors, an id where none was given, the batcher. */
public final class Intake {
    private final AppendBatcher batcher;
    private final EngineRuntime runtime;
    private final int maxBodyBytes;
    private final List<SendInterceptor> interceptors;

    public Intake(
            AppendBatcher batcher, EngineRuntime runtime, EngineOptions options, List<SendInterceptor> interceptors) {
        this.batcher = batcher;
        this.runtime = runtime;
        this.maxBodyBytes = options.maxBodyBytes();
        this.interceptors = List.copyOf(interceptors);
    }

    /**
     * @param sender null for the host
     * @throws InvalidRequestException if the draft is refused; the waiter does not hear of it then
     */
    public void submit(Draft draft, @Nullable UserContext sender, PendingDraft.Waiter waiter) {
        batcher.submit(new PendingDraft(prepared(draft, sender), waiter));
    }

    /** What the host sends. */
    public CompletionStage<AppendOutcome> append(Draft draft) {
        return append(draft, null);
    }

    /** For callers that are no session: completes on a thread for blocking work, also exceptionally. */
    public CompletionStage<AppendOutcome> append(Draft draft, @Nullable UserContext sender) {
        CompletableFuture<AppendOutcome> done = new CompletableFuture<>();
        try {
            submit(draft, sender, new PendingDraft.Waiter() {
                @Override
                public void appended(AppendOutcome outcome, Touched touched) {
                    runtime.execute(() -> done.complete(outcome));
                }

                @Override
                public void failed(ImException failure) {
                    runtime.execute(() -> done.completeExceptionally(failure));
                }
            });
        } catch (InvalidRequestException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    private Draft prepared(Draft draft, @Nullable UserContext sender) {
        int size = draft.content().payload().size();
        if (size > maxBodyBytes) {
            throw new InvalidRequestException(
                    Reason.TOO_LARGE, "the body has " + size + " bytes; at most " + maxBodyBytes + " are allowed");
        }
        Draft named = draft.clientMessageId() != null ? draft : draft.withClientMessageId(drawId());
        for (SendInterceptor interceptor : interceptors) {
            named = requireSameMessage(named, interceptor.intercept(named, sender));
        }
        return named;
    }

    private static Draft requireSameMessage(Draft before, Draft after) {
        if (!after.conversation().equals(before.conversation())
                || !after.sender().equals(before.sender())
                || !before.requireClientMessageId().equals(after.clientMessageId())) {
            throw new IllegalStateException("an interceptor changed the conversation, sender or client message id");
        }
        return after;
    }

    private ClientMessageId drawId() {
        return ClientMessageId.of(String.format(
                "%016x%016x", runtime.random().nextLong(), runtime.random().nextLong()));
    }
}
