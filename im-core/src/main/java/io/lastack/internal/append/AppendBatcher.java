package io.lastack.internal.append;

import io.lastack.error.StoreException;
import io.lastack.log.AppendOutcome;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.MessageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Group commit without a timer: what queued while the last commit ran goes into the next one, so that a single draft is
 * not delayed and many share one commit. Drafts of one conversation always take the same lane, and keep their order.
 */
public final class AppendBatcher {
    private final List<AppendLane> lanes;
    private final int maxQueued;
    private final LongAdder appended = new LongAdder();
    private final LongAdder commits = new LongAdder();

    public AppendBatcher(MessageLog log, EngineRuntime runtime, EngineOptions options, AppendListener listener) {
        int count = log.parallelAppends();
        this.lanes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lanes.add(new AppendLane(log, runtime, options.appendBatch(), counting(listener)));
        }
        this.maxQueued = Math.max(1, options.appendQueue() / count);
    }

    private AppendListener counting(AppendListener listener) {
        return (drafts, outcomes, later) -> {
            commits.increment();
            appended.add(outcomes.stream()
                    .filter(AppendOutcome.Appended.class::isInstance)
                    .count());
            listener.committed(drafts, outcomes, later);
        };
    }

    /** Takes a draft; its waiter hears of the outcome, at once if too many are waiting already. */
    public void submit(PendingDraft pending) {
        AppendLane lane = lanes.get(Math.floorMod(pending.draft().conversation().hashCode(), lanes.size()));
        if (lane.size() >= maxQueued) {
            pending.waiter()
                    .failed(new StoreException(
                            "the store does not keep up: " + maxQueued + " messages wait to be stored; try again later",
                            null,
                            true,
                            StoreException.Effect.NOT_APPLIED));
            return;
        }
        lane.add(pending);
    }

    /** How many drafts were stored, repeats not counted. */
    public long appended() {
        return appended.sum();
    }

    public long commits() {
        return commits.sum();
    }

    /** How long the store took for the commits, in nanoseconds. */
    public long nanos() {
        return lanes.stream().mapToLong(AppendLane::nanos).sum();
    }

    /** How many drafts wait for their commit. */
    public int waiting() {
        return lanes.stream().mapToInt(AppendLane::size).sum();
    }
}
