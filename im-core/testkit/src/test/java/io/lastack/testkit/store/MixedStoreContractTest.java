package io.lastack.testkit.store;

import io.lastack.memory.MemoryStore;
import io.lastack.mixed.MixedStore;
import io.lastack.spi.ImStore;

/** Log and members in one store, positions in another. */
final class MixedStoreContractTest extends DurableStoreContract {
    private final MemoryStore log = MemoryStore.create();
    private final MemoryStore positions = MemoryStore.create();

    @Override
    protected ImStore open() {
        return MixedStore.of(log, positions);
    }
}
