package io.lastack.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;

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

    @Nested
    class RestartingWithPowers {
        @TestFactory
        Stream<DynamicTest> whatAPowerDidOutlivesAClose() {
            DurableStoreContract contract = DurableStoreContract.this;
            List<Supplier<StoreSuite>> declared = new ArrayList<>();
            store().retention().ifPresent(p -> declared.add(() -> new PowerRestartSuites.Retention(contract)));
            store().erasure().ifPresent(p -> declared.add(() -> new PowerRestartSuites.Erasure(contract)));
            store().epochRenewal().ifPresent(p -> declared.add(() -> new PowerRestartSuites.Epoch(contract)));
            store().positions().ifPresent(p -> declared.add(() -> new PowerRestartSuites.Positions(contract)));
            return declared.stream().flatMap(PowerTests::of);
        }
    }

    /** Closes the store and opens it again. */
    final void restart() throws Exception {
        closeStore();
        openStore();
    }
}
