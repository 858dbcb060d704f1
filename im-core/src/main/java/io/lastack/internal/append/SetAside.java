package io.lastack.internal.append;

import io.lastack.error.StoreException;
import io.lastack.log.ConversationId;
import io.lastack.spi.EngineRuntime;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The drafts of conversations that somebody else holds locked, so that the lane goes on without them. Each conversation is
 * tried by itself, one at a time. All drafts of such a conversation come here until none of them is left, so that they
 * keep their order.
 */
final class SetAside {
    private final BatchCommit commit;
    private final EngineRuntime runtime;
    private final int maxBatch;
    private final Map<ConversationId, Waiting> conversations = new LinkedHashMap<>();
    private int size;
    private boolean running;

    SetAside(BatchCommit commit, EngineRuntime runtime, int maxBatch) {
        this.commit = commit;
        this.runtime = runtime;
        this.maxBatch = maxBatch;
    }

    /** Takes the draft if its conversation is here; otherwise leaves it to the caller. */
    synchronized boolean takes(PendingDraft pending) {
        Waiting waiting = conversations.get(pending.draft().conversation());
        if (waiting == null) {
            return false;
        }
        waiting.drafts.add(pending);
        size++;
        return true;
    }

    /**
     * @param drafts all that the lane has of the conversation, in order
     * @param inDoubt whether an earlier attempt to append some of them may have taken effect
     */
    synchronized void add(ConversationId conversation, List<PendingDraft> drafts, boolean inDoubt) {
        conversations.put(conversation, new Waiting(drafts, inDoubt));
        size += drafts.size();
        if (!running) {
            running = true;
            later();
        }
    }

    /** How many drafts wait here. */
    synchronized int size() {
        return size;
    }

    private void later() {
        runtime.schedule(AppendLane.RETRY_PAUSE, () -> runtime.execute(this::tryEach));
    }

    private void tryEach() {
        for (ConversationId conversation : waiting()) {
            tryOne(conversation);
        }
        synchronized (this) {
            running = !conversations.isEmpty();
            if (running) {
                later();
            }
        }
    }

    private synchronized List<ConversationId> waiting() {
        return List.copyOf(conversations.keySet());
    }

    /** Everybody hears of the outcome before the conversation leaves: what the lane appends next comes after. */
    private void tryOne(ConversationId conversation) {
        List<PendingDraft> batch = first(conversation);
        try {
            commit.run(batch);
        } catch (StoreException e) {
            boolean inDoubt = isInDoubt(conversation);
            if (staysAfter(e, conversation)) {
                return;
            }
            commit.giveUp(batch, e, inDoubt);
        }
        remove(conversation, batch.size());
    }

    private synchronized List<PendingDraft> first(ConversationId conversation) {
        return of(conversation).drafts.stream().limit(maxBatch).toList();
    }

    private Waiting of(ConversationId conversation) {
        return Objects.requireNonNull(conversations.get(conversation), "only what is tried leaves");
    }

    private synchronized boolean isInDoubt(ConversationId conversation) {
        return of(conversation).inDoubt;
    }

    private synchronized boolean staysAfter(StoreException failure, ConversationId conversation) {
        Waiting waiting = of(conversation);
        waiting.inDoubt |= failure.effect() == StoreException.Effect.UNKNOWN;
        waiting.attempts++;
        return failure.retryable() && waiting.attempts < AppendLane.MAX_ATTEMPTS;
    }

    private synchronized void remove(ConversationId conversation, int count) {
        Waiting waiting = of(conversation);
        for (int i = 0; i < count; i++) {
            waiting.drafts.remove();
        }
        waiting.attempts = 1;
        waiting.inDoubt = false;
        size -= count;
        if (waiting.drafts.isEmpty()) {
            conversations.remove(conversation);
        }
    }

    private static final class Waiting {
        private final ArrayDeque<PendingDraft> drafts;
        /** How often the first of them were tried; once before they came here. */
        private int attempts = 1;
        /** Whether one of these tries may have taken effect. */
        private boolean inDoubt;

        Waiting(List<PendingDraft> drafts, boolean inDoubt) {
            this.inDoubt = inDoubt;
            this.drafts = new ArrayDeque<>(drafts);
        }
    }
}
