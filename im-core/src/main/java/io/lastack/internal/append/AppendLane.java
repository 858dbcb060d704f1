package io.lastack.internal.append;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.StoreException;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Draft;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.MessageLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One writer of the log: a queue, and at most one commit at a time. */
final class AppendLane {
    private static final Logger log = LoggerFactory.getLogger(AppendLane.class);
    private static final int MAX_BATCH_BYTES = 4 << 20;
    private static final int MAX_ATTEMPTS = 4;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);

    private final MessageLog messages;
    private final EngineRuntime runtime;
    private final int maxBatch;
    private final AppendListener listener;
    private final ArrayDeque<PendingDraft> queue = new ArrayDeque<>();
    /** Drafts taken from the queue whose outcome is not known yet. */
    private int inCommit;

    private boolean running;

    AppendLane(MessageLog messages, EngineRuntime runtime, int maxBatch, AppendListener listener) {
        this.messages = messages;
        this.runtime = runtime;
        this.maxBatch = maxBatch;
        this.listener = listener;
    }

    void add(PendingDraft pending) {
        synchronized (this) {
            queue.add(pending);
            if (running) {
                return;
            }
            running = true;
        }
        runtime.execute(this::drain);
    }

    synchronized int size() {
        return queue.size() + inCommit;
    }

    private void drain() {
        for (List<PendingDraft> batch = next(); !batch.isEmpty(); batch = next()) {
            if (!commit(batch, 1)) {
                return;
            }
        }
    }

    private synchronized List<PendingDraft> next() {
        List<PendingDraft> batch = new ArrayList<>(Math.min(maxBatch, queue.size()));
        int bytes = 0;
        while (!queue.isEmpty() && batch.size() < maxBatch && bytes < MAX_BATCH_BYTES) {
            PendingDraft pending = queue.remove();
            bytes += pending.draft().content().payload().size();
            batch.add(pending);
        }
        inCommit = batch.size();
        running = !batch.isEmpty();
        return batch;
    }

    /** @return false if the commit is to be tried again later, and the lane goes on from there */
    private boolean commit(List<PendingDraft> batch, int attempt) {
        List<AppendOutcome> outcomes;
        try {
            outcomes = messages.append(drafts(batch), runtime.currentTimeMillis());
        } catch (StoreException e) {
            if (e.retryable() && attempt < MAX_ATTEMPTS) {
                log.warn(
                        "append of {} messages failed, attempt {} of {}: {}",
                        batch.size(),
                        attempt,
                        MAX_ATTEMPTS,
                        e.toString());
                runtime.schedule(RETRY_PAUSE.multipliedBy(attempt), () -> runtime.execute(() -> retry(batch, attempt)));
                return false;
            }
            giveUp(batch, e);
            return true;
        } catch (RuntimeException e) {
            giveUp(batch, new StoreException("append failed", e, false, StoreException.Effect.UNKNOWN));
            return true;
        }
        tell(batch, outcomes);
        return true;
    }

    private void retry(List<PendingDraft> batch, int attempt) {
        if (commit(batch, attempt + 1)) {
            drain();
        }
    }

    /** A batch that cannot be stored is tried draft by draft, so that one bad draft fails alone. */
    private void giveUp(List<PendingDraft> batch, StoreException failure) {
        if (batch.size() == 1 || failure.retryable()) {
            log.error("append of {} messages failed", batch.size(), failure);
            batch.forEach(pending -> fail(pending, failure));
            return;
        }
        for (PendingDraft pending : batch) {
            List<PendingDraft> alone = List.of(pending);
            try {
                tell(alone, messages.append(drafts(alone), runtime.currentTimeMillis()));
            } catch (StoreException e) {
                fail(pending, e);
            } catch (InvalidRequestException e) {
                pending.waiter().failed(e);
            } catch (RuntimeException e) {
                fail(pending, new StoreException("append failed", e, false, StoreException.Effect.UNKNOWN));
            }
        }
    }

    private static void fail(PendingDraft pending, StoreException failure) {
        try {
            pending.waiter().failed(failure);
        } catch (RuntimeException e) {
            log.error("a waiter failed", e);
        }
    }

    private void tell(List<PendingDraft> batch, List<AppendOutcome> outcomes) {
        try {
            listener.committed(batch, outcomes);
        } catch (RuntimeException e) {
            log.error("after the append of {} messages", batch.size(), e);
        }
    }

    private static List<Draft> drafts(List<PendingDraft> batch) {
        return batch.stream().map(PendingDraft::draft).toList();
    }
}
