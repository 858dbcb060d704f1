package io.lastack.internal.dispatch;

import io.lastack.error.ImException;
import io.lastack.internal.append.PendingDraft;
import io.lastack.internal.fanout.Touched;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Draft;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.HostAppend;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the host appended in its own transactions, on its way to who watches. Thread-safe. */
public final class HostAppends {
    private static final PendingDraft.Waiter NOBODY = new PendingDraft.Waiter() {
        @Override
        public void appended(AppendOutcome outcome, Touched touched) {}

        @Override
        public void failed(ImException failure) {}
    };

    private final EngineRuntime runtime;
    private final Dispatcher dispatcher;

    public HostAppends(EngineRuntime runtime, Dispatcher dispatcher) {
        this.runtime = runtime;
        this.dispatcher = dispatcher;
    }

    /** @return completes once everybody connected was offered the messages; exceptionally if they are not in the log */
    public CompletionStage<Void> committed(HostAppend append) {
        return CompletableFuture.runAsync(
                () -> {
                    append.confirm();
                    dispatcher.committed(pending(append.drafts()), append.outcomes(), Runnable::run);
                },
                runtime::execute);
    }

    private static List<PendingDraft> pending(List<Draft> drafts) {
        return drafts.stream().map(draft -> new PendingDraft(draft, NOBODY)).toList();
    }
}
