package io.lastack.testkit.store;

import io.lastack.memory.MemoryStore;
import io.lastack.spi.ImStore;
import org.junit.jupiter.api.Test;

/** Counts of what is unread and names a user, after recalls, edits, deletions and all else, against plain counting. */
class ManyOperationsTest {
    private static final int OPERATIONS = Integer.getInteger("operations", 100_000);
    private static final int STEPS = 150;

    @Test
    void noAnswerIsWrongInAHundredThousandOperations() throws Exception {
        StoreContract contract = new StoreContract() {
            @Override
            protected ImStore open() {
                return MemoryStore.create();
            }
        };
        contract.openStore();
        StoreSuite suite = new ModelSuite(contract) {};
        long seed = Scale.seed("many operations");
        int operations = 0;
        try {
            for (int run = 0; operations < OPERATIONS; run++) {
                operations += new ModelRun(suite, "run" + run + ".", seed + run).play(STEPS);
            }
        } catch (AssertionError e) {
            throw new AssertionError("with -Dlastack.seed=" + seed + ", " + e.getMessage(), e);
        } finally {
            contract.closeStore();
        }
    }
}
