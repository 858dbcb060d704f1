package io.lastack;

import io.lastack.internal.append.AppendBatcher;
import io.lastack.internal.cursor.CursorJournal;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.SessionRegistry;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The orderly end of a node: clients are told, what is under way is finished, positions are stored. */
final class Drain {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int RECONNECT_SPREAD_MILLIS = 2_000;

    private final EngineRuntime runtime;
    private final SessionRegistry sessions;
    private final CursorJournal journal;
    private final AppendBatcher batcher;
    private final Runnable leave;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean draining;

    /** @param leave says goodbye to the other nodes, at the very end; may block */
    Drain(
            EngineRuntime runtime,
            SessionRegistry sessions,
            CursorJournal journal,
            AppendBatcher batcher,
            Runnable leave) {
        this.leave = leave;
        this.runtime = runtime;
        this.sessions = sessions;
        this.journal = journal;
        this.batcher = batcher;
    }

    boolean isDraining() {
        return draining;
    }

    CompletionStage<Void> begin(Duration patience) {
        synchronized (this) {
            if (draining) {
                return done;
            }
            draining = true;
        }
        for (ClientSession session : sessions.all()) {
            // Spread, so that the clients do not all arrive elsewhere at once.
            session.send(new ServerFrame.GoAway(
                    "this node is going away", runtime.random().nextInt(RECONNECT_SPREAD_MILLIS)));
            session.flush();
        }
        awaitAppends(runtime.nanoTime() + patience.toNanos());
        return done;
    }

    private void awaitAppends(long deadlineNanos) {
        if (batcher.waiting() > 0 && runtime.nanoTime() < deadlineNanos) {
            runtime.schedule(POLL, () -> awaitAppends(deadlineNanos));
            return;
        }
        sessions.all()
                .forEach(session -> session.end(new CloseReason(CloseReason.GOING_AWAY, "this node is going away")));
        journal.drain()
                .whenComplete((nothing, failure) -> runtime.execute(() -> {
                    try {
                        leave.run();
                    } finally {
                        done.complete(null);
                    }
                }));
    }
}
