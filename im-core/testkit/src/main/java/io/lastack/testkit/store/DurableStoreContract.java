package io.lastack.testkit.store;

import org.junit.jupiter.api.Nested;

/**
 * The contract of a store that survives the end of its process. {@link #open} is called again after a close, and must
 * open the same data every time.
 */
public abstract class DurableStoreContract extends StoreContract {
    @Nested
    class Restarting extends RestartSuite {
        Restarting() {
            super(DurableStoreContract.this);
        }
    }

    /** Closes the store and opens it again. */
    final void restart() throws Exception {
        closeStore();
        openStore();
    }
}
