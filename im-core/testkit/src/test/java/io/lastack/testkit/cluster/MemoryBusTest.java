package io.lastack.testkit.cluster;

import io.lastack.ImRuntime;
import io.lastack.memory.MemoryBus;
import io.lastack.spi.Bus;
import org.junit.jupiter.api.AfterEach;

class MemoryBusTest extends BusContract {
    private final ImRuntime runtime = ImRuntime.system();
    private final MemoryBus bus = MemoryBus.create(runtime);

    @Override
    protected Bus bus() {
        return bus;
    }

    @AfterEach
    void end() {
        runtime.close();
    }
}
