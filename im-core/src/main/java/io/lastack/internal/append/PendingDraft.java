package io.lastack.internal.append;

import io.lastack.error.ImException;
import io.lastack.internal.fanout.Touched;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Draft;

/**
 * A draft on its way into the log, and who waits for the outcome.
 *
 * @param waiter called exactly once; in the order of the log for drafts of one conversation
 */
public record PendingDraft(Draft draft, Waiter waiter) {
    /** Who waits. Neither method may block. */
    public interface Waiter {
        /** @param touched for sessions that got frames by this */
        void appended(AppendOutcome outcome, Touched touched);

        /** Nothing is known to have been stored; the message may still turn out to be there if the effect is unknown. */
        void failed(ImException failure);
    }
}
