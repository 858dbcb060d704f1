package io.lastack.testkit.store;

import org.junit.jupiter.api.Test;

/** Random calls, compared with a model. */
abstract class ModelSuite extends StoreSuite {
    private static final int STEPS = 200;

    ModelSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void everyAnswerToRandomCallsIsThatOfTheModel() {
        for (int run = 0; run < Scale.times(3); run++) {
            long seed = Scale.seed("random calls to a store");
            try {
                new ModelRun(this, "run" + run + ".", seed).play(STEPS);
            } catch (AssertionError e) {
                throw new AssertionError("with -Dlastack.seed=" + seed + ", " + e.getMessage(), e);
            }
        }
    }
}
