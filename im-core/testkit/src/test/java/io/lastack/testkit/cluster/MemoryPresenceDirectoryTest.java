package io.lastack.testkit.cluster;

import io.lastack.memory.MemoryPresenceDirectory;
import io.lastack.memory.VirtualRuntime;
import io.lastack.spi.PresenceDirectory;
import java.time.Duration;

class MemoryPresenceDirectoryTest extends PresenceDirectoryContract {
    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);

    @Override
    protected PresenceDirectory directory() {
        return MemoryPresenceDirectory.create(runtime);
    }

    @Override
    protected void pass(Duration time) {
        runtime.advance(time);
    }
}
