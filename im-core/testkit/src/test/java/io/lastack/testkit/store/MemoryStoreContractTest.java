package io.lastack.testkit.store;

import io.lastack.memory.MemoryStore;
import io.lastack.spi.ImStore;

/** As a durable store: a memory store that was closed keeps its data for as long as somebody has it. */
final class MemoryStoreContractTest extends DurableStoreContract {
    private final MemoryStore store = MemoryStore.create();

    @Override
    protected ImStore open() {
        return store;
    }
}
