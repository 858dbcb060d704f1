package io.lastack.architecture;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What no class of the core may do, one way a field; never instantiated. */
@SuppressWarnings("unused")
final class Offender {
    private final LongSupplier wallClock = System::currentTimeMillis;
    private final long monotonic = System.nanoTime();
    private final Instant now = Instant.now();
    private final Clock clock = Clock.systemUTC();
    private final Thread thread = new Thread("planted");
    private final Object pool = Executors.newCachedThreadPool();
    private final CompletableFuture<Void> common = CompletableFuture.runAsync(() -> {});
    private final Random random = new Random();
    private final int local = ThreadLocalRandom.current().nextInt();
    private final Supplier<UUID> uuid = UUID::randomUUID;
    private final double chance = Math.random();

    /** Allowed: a seed that was given. */
    private final Random seeded = new Random(42);
}
