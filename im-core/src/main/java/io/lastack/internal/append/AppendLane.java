package io.lastack.internal.append;

import io.lastack.error.StoreException;
import io.lastack.log.ConversationId;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.MessageLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One writer of the log: a queue, and at most one commit at a time, besides that of what was {@link SetAside}. */
final class AppendLane {
    private static final Logger log = LoggerFactory.getLogger(AppendLane.class);
    private static final int MAX_BATCH_BYTES = 4 << 20;
    static final int MAX_ATTEMPTS = 4;
    static final Duration RETRY_PAUSE = Duration.ofMillis(100);

    private final BatchCommit commit;
    private final EngineRuntime runtime;
    private final int maxBatch;
    private final SetAside aside;
    private final ArrayDeque<PendingDraft> queue = new ArrayDeque<>();
    /** Drafts taken from the queue whose outcome is not known yet. */
    private int inCommit;

    private boolean running;

    AppendLane(MessageLog messages, EngineRuntime runtime, int maxBatch, AppendListener listener) {
        this.commit = new BatchCommit(messages, runtime, listener);
        this.runtime = runtime;
        this.maxBatch = maxBatch;
        this.aside = new SetAside(commit, runtime, maxBatch);
    }

    void add(PendingDraft pending) {
        synchronized (this) {
            if (aside.takes(pending)) {
                return;
            }
            queue.add(pending);
            if (running) {
                return;
            }
            running = true;
        }
        runtime.execute(this::drain);
    }

    long nanos() {
        return commit.nanos();
    }

    synchronized int size() {
        return queue.size() + inCommit + aside.size();
    }

    private void drain() {
        for (List<PendingDraft> batch = next(); !batch.isEmpty(); batch = next()) {
            if (!commit(batch, 1, false)) {
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

    /**
     * @param inDoubt whether an earlier attempt may have taken effect
     * @return false if the commit is to be tried again later, and the lane goes on from there
     */
    private boolean commit(List<PendingDraft> batch, int attempt, boolean inDoubt) {
        try {
            commit.run(batch);
            return true;
        } catch (StoreException e) {
            return isLocked(e) ? commitApart(batch, attempt, inDoubt) : failed(batch, attempt, e, inDoubt);
        }
    }

    private boolean failed(List<PendingDraft> batch, int attempt, StoreException failure, boolean inDoubt) {
        if (!failure.retryable() || attempt >= MAX_ATTEMPTS) {
            commit.giveUp(batch, failure, inDoubt);
            return true;
        }
        log.warn(
                "append of {} messages failed, attempt {} of {}: {}",
                batch.size(),
                attempt,
                MAX_ATTEMPTS,
                failure.toString());
        boolean unknown = inDoubt || failure.effect() == StoreException.Effect.UNKNOWN;
        runtime.schedule(
                RETRY_PAUSE.multipliedBy(attempt), () -> runtime.execute(() -> retry(batch, attempt, unknown)));
        return false;
    }

    private void retry(List<PendingDraft> batch, int attempt, boolean inDoubt) {
        if (commit(batch, attempt + 1, inDoubt)) {
            drain();
        }
    }

    private static boolean isLocked(StoreException failure) {
        return failure.retryable() && failure.scope() == StoreException.Scope.CONVERSATION;
    }

    /** Some conversation of the batch is locked: each is committed by itself, and those that cannot be are set aside. */
    private boolean commitApart(List<PendingDraft> batch, int attempt, boolean inDoubt) {
        Map<ConversationId, List<PendingDraft>> parts = new LinkedHashMap<>();
        for (PendingDraft pending : batch) {
            parts.computeIfAbsent(pending.draft().conversation(), conversation -> new ArrayList<>())
                    .add(pending);
        }
        if (parts.size() == 1) {
            setAside(batch, inDoubt);
            return true;
        }
        for (Iterator<List<PendingDraft>> rest = parts.values().iterator(); rest.hasNext(); ) {
            List<PendingDraft> part = rest.next();
            try {
                commit.run(part);
            } catch (StoreException e) {
                if (!isLocked(e)) {
                    List<PendingDraft> all = new ArrayList<>(part);
                    rest.forEachRemaining(all::addAll);
                    return failed(all, attempt, e, inDoubt);
                }
                setAside(part, inDoubt);
            }
        }
        return true;
    }

    private synchronized void setAside(List<PendingDraft> part, boolean inDoubt) {
        ConversationId conversation = part.get(0).draft().conversation();
        log.warn("{} is locked by somebody else; its messages wait by themselves", conversation);
        List<PendingDraft> all = new ArrayList<>(part);
        for (Iterator<PendingDraft> queued = queue.iterator(); queued.hasNext(); ) {
            PendingDraft pending = queued.next();
            if (pending.draft().conversation().equals(conversation)) {
                all.add(pending);
                queued.remove();
            }
        }
        inCommit -= part.size();
        aside.add(conversation, all, inDoubt);
    }
}
