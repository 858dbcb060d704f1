package io.lastack.testkit.sim;

import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.Draft;
import io.lastack.spi.HostAppend;
import java.util.List;

/** A message that the host appended in a transaction of its own, committed or rolled back by now. */
record HostTransaction(String epoch, List<Draft> drafts, List<AppendOutcome> outcomes, boolean committed)
        implements HostAppend {
    private static final long SENT_AT = 1_700_000_000_000L;

    static HostTransaction of(Draft draft, boolean committed, Truth truth) {
        List<Draft> drafts = List.of(draft);
        List<AppendOutcome> outcomes = committed
                ? truth.append(drafts, SENT_AT)
                // What the append answered inside the transaction; the place was given to another message since.
                : List.of(new Appended(truth.nextSeq(draft.conversation()), SENT_AT));
        return new HostTransaction(truth.epoch(), drafts, outcomes, committed);
    }

    /** Where it is, if it was committed. */
    long seq() {
        return ((Appended) outcomes.get(0)).seq();
    }

    @Override
    public void confirm() {
        if (!committed) {
            throw new IllegalStateException("the transaction was rolled back");
        }
    }
}
