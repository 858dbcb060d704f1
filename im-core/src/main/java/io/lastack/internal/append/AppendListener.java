package io.lastack.internal.append;

import io.lastack.log.AppendOutcome;
import java.util.List;
import java.util.concurrent.Executor;

/** Hears of every commit, on the lane's thread, before the next commit of that lane. Tells the waiters. */
@FunctionalInterface
public interface AppendListener {
    /**
     * @param outcomes one per draft, in the same order
     * @param later for what would keep the lane's next commit waiting; one after the other
     */
    void committed(List<PendingDraft> drafts, List<AppendOutcome> outcomes, Executor later);
}
