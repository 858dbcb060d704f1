package io.lastack.spi;

import io.lastack.log.AppendOutcome;
import io.lastack.log.Draft;
import java.util.List;

/**
 * Drafts that a store appended inside a transaction of the host's. They are in the log once that transaction is committed,
 * and never were if it is rolled back; until then, the outcomes are what a commit would make true.
 */
public interface HostAppend {
    /** What was to be appended. */
    List<Draft> drafts();

    /** One outcome per draft, in the same order. */
    List<AppendOutcome> outcomes();

    /**
     * Makes sure that what was appended is committed, and makes it survive the end of the process where the commit alone
     * does not. Blocks; may be called again.
     *
     * @throws IllegalStateException if it is not committed: the transaction still runs, or was rolled back
     * @throws io.lastack.error.StoreException if the store cannot tell; the messages are delivered all the same, by the
     *     next round of repair
     */
    void confirm();
}
