package io.lastack.memory;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.Revocations;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Revocations on the heap of one process: gone with it, and not heard of by other nodes. What no token can outlive is
 * forgotten. Never blocks; safe for several threads.
 */
public final class MemoryRevocations implements Revocations {
    private final EngineRuntime runtime;
    private final long keepMillis;
    private final Map<Holder, Long> before = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep;

    private record Holder(UserId user, @Nullable DeviceId device) {}

    private MemoryRevocations(EngineRuntime runtime, long keepMillis) {
        this.runtime = runtime;
        this.keepMillis = keepMillis;
        this.nextSweep = new AtomicLong(runtime.currentTimeMillis() + keepMillis);
    }

    /** @param longestToken how long a token lives at the most, from its issue to its end; more than zero */
    public static MemoryRevocations forTokensOf(Duration longestToken, EngineRuntime runtime) {
        if (longestToken.isNegative() || longestToken.isZero()) {
            throw new IllegalArgumentException("longestToken " + longestToken + " is not allowed; more than zero is");
        }
        return new MemoryRevocations(runtime, longestToken.toMillis());
    }

    @Override
    public void revoke(UserId user, @Nullable DeviceId device, long millis) {
        forgetOld();
        before.merge(new Holder(user, device), millis, Math::max);
    }

    @Override
    public boolean isRevoked(UserId user, DeviceId device, long issuedAt) {
        return issuedAt < before.getOrDefault(new Holder(user, null), Long.MIN_VALUE)
                || issuedAt < before.getOrDefault(new Holder(user, device), Long.MIN_VALUE);
    }

    /** How many users and devices something is kept of. */
    public int size() {
        return before.size();
    }

    private void forgetOld() {
        long now = runtime.currentTimeMillis();
        long due = nextSweep.get();
        if (now >= due && nextSweep.compareAndSet(due, now + keepMillis)) {
            before.values().removeIf(millis -> millis + keepMillis <= now);
        }
    }
}
