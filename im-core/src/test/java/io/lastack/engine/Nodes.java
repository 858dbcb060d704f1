package io.lastack.engine;

import io.lastack.ImEngineBuilder;
import io.lastack.memory.MemoryBus;
import io.lastack.memory.MemoryPresenceDirectory;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.VirtualRuntime;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.ImStore;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Three engines over one store and one bus, in virtual time. Comparing with the store alone would take a minute. */
final class Nodes {
    static final Duration REPAIR = Duration.ofMinutes(1);

    final VirtualRuntime runtime;
    final ImStore store = MemoryStore.create();
    final MemoryBus bus;
    final MemoryPresenceDirectory directory;
    final List<Scene> all;

    Nodes(long seed) {
        this(seed, b -> b);
    }

    Nodes(long seed, EngineOptions options) {
        this(seed, options, b -> b);
    }

    Nodes(long seed, UnaryOperator<ImEngineBuilder> wiring) {
        this(seed, EngineOptions.defaults().withRepairInterval(REPAIR), wiring);
    }

    private Nodes(long seed, EngineOptions options, UnaryOperator<ImEngineBuilder> wiring) {
        runtime = VirtualRuntime.seeded(seed);
        bus = MemoryBus.create(runtime);
        directory = MemoryPresenceDirectory.create(runtime);
        all = IntStream.range(0, 3)
                .mapToObj(i -> new Scene(
                        runtime,
                        store,
                        b -> wiring.apply(b.bus(bus)
                                .presenceDirectory(directory)
                                .nodeId("node-" + i)
                                .options(options))))
                .toList();
        runtime.runUntilIdle();
    }

    Scene node(int number) {
        return all.get(number);
    }

    void run() {
        runtime.runUntilIdle();
    }

    void pass(Duration time) {
        runtime.advance(time);
    }
}
