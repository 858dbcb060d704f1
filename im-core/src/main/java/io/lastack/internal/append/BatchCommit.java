package io.lastack.internal.append;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.StoreException;
import io.lastack.internal.task.SerialExecutor;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Draft;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.MessageLog;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One append of several drafts, and whom to tell of what became of it. */
final class BatchCommit {
    private static final Logger log = LoggerFactory.getLogger(BatchCommit.class);

    private final MessageLog messages;
    private final EngineRuntime runtime;
    private final AppendListener listener;
    private final SerialExecutor later;
    private final LongAdder nanos = new LongAdder();

    BatchCommit(MessageLog messages, EngineRuntime runtime, AppendListener listener) {
        this.messages = messages;
        this.runtime = runtime;
        this.listener = listener;
        this.later = new SerialExecutor(runtime);
    }

    /**
     * Appends, and tells the listener.
     *
     * @throws StoreException if nothing is known to have been stored; nobody was told then
     */
    void run(List<PendingDraft> batch) {
        List<AppendOutcome> outcomes;
        long began = runtime.nanoTime();
        try {
            outcomes = messages.append(drafts(batch), runtime.currentTimeMillis());
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreException("append failed", e, false, StoreException.Effect.UNKNOWN);
        }
        nanos.add(runtime.nanoTime() - began);
        tell(batch, outcomes);
    }

    /** How long the store took for the commits that succeeded, in nanoseconds. */
    long nanos() {
        return nanos.sum();
    }

    /**
     * A batch that cannot be stored is tried draft by draft, so that one bad draft fails alone.
     *
     * @param inDoubt whether an earlier attempt may have taken effect, whatever the last one says of its own
     */
    void giveUp(List<PendingDraft> batch, StoreException last, boolean inDoubt) {
        StoreException failure = inDoubt ? unknown(last) : last;
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
                fail(pending, inDoubt ? unknown(e) : e);
            } catch (InvalidRequestException e) {
                pending.waiter().failed(e);
            } catch (RuntimeException e) {
                fail(pending, new StoreException("append failed", e, false, StoreException.Effect.UNKNOWN));
            }
        }
    }

    private static StoreException unknown(StoreException failure) {
        return new StoreException(
                "append failed", failure, failure.retryable(), StoreException.Effect.UNKNOWN, failure.scope());
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
            listener.committed(batch, outcomes, later);
        } catch (RuntimeException e) {
            log.error("after the append of {} messages", batch.size(), e);
        }
    }

    private static List<Draft> drafts(List<PendingDraft> batch) {
        return batch.stream().map(PendingDraft::draft).toList();
    }
}
