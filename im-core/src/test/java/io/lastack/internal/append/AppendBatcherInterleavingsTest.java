package io.lastack.internal.append;

import io.lastack.error.ImException;
import io.lastack.internal.concurrency.Interleavings;
import io.lastack.internal.concurrency.StepRuntime;
import io.lastack.internal.fanout.Touched;
import io.lastack.log.AppendOutcome;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.MessageLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whoever submits while a commit runs is taken into the next one: every draft gets exactly one answer, in log order. */
public class AppendBatcherInterleavingsTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final ConversationId CHAT = ConversationId.direct(ALICE, UserId.of("bob"));
    private static final Draft DRAFT = Draft.text(ALICE, CHAT, "x").withClientMessageId(ClientMessageId.of("m"));

    private final List<Long> answers = new ArrayList<>();
    private final AppendBatcher batcher = new AppendBatcher(
            new CountingLog(), new StepRuntime(), EngineOptions.defaults(), (drafts, outcomes, later) -> {
                for (int i = 0; i < drafts.size(); i++) {
                    drafts.get(i).waiter().appended(outcomes.get(i), new Touched());
                }
            });
    private int submitted;

    @Operation
    public void submit() {
        synchronized (this) {
            submitted++;
        }
        batcher.submit(new PendingDraft(DRAFT, new Answer()));
    }

    /** Gives seqs; one commit at a time, or it says so. */
    private static final class CountingLog implements MessageLog {
        private long head;
        private boolean committing;

        @Override
        public String epoch() {
            return "one";
        }

        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            List<AppendOutcome> outcomes = new ArrayList<>();
            begin();
            for (int i = 0; i < drafts.size(); i++) {
                outcomes.add(new AppendOutcome.Appended(++head, sentAt));
            }
            end();
            return outcomes;
        }

        private synchronized void begin() {
            if (committing) {
                throw new IllegalStateException("two commits at once");
            }
            committing = true;
        }

        private synchronized void end() {
            committing = false;
        }

        @Override
        public List<LogPage> read(List<LogQuery> queries) {
            return List.of();
        }

        @Override
        public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
            return List.of();
        }

        @Override
        public Map<ConversationId, Long> heads(Collection<ConversationId> conversations) {
            return Map.of();
        }
    }

    private final class Answer implements PendingDraft.Waiter {
        @Override
        public void appended(AppendOutcome outcome, Touched touched) {
            synchronized (answers) {
                answers.add(((AppendOutcome.Appended) outcome).seq());
            }
        }

        @Override
        public void failed(ImException failure) {
            throw failure;
        }
    }

    @Validate
    public void everyDraftHasItsAnswer() {
        for (int i = 0; i < submitted; i++) {
            if (answers.size() != submitted || answers.get(i) != i + 1) {
                throw new IllegalStateException(submitted + " drafts were answered with seqs " + answers);
            }
        }
        if (batcher.waiting() != 0) {
            throw new IllegalStateException(batcher.waiting() + " drafts are left behind");
        }
    }

    @Test
    void noDraftIsLeftBehind() {
        Interleavings.some().check(AppendBatcherInterleavingsTest.class);
    }
}
