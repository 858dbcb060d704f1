package io.lastack.internal.session;

import io.lastack.internal.timer.TimerWheel;
import io.lastack.session.CloseReason;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The memory for what waits to be written, or is being written, of all sessions together. While it is tight, messages wait
 * in the log; when it stays tight, consumers that take nothing are closed. Nothing is taken above the bound. Thread-safe.
 *
 * <p>The last quarter is for those who hold little: every session has the same share of it, which nobody else can use up, so
 * that slow consumers, however many, keep no message and no reply that fits into it from one that keeps up.
 */
public final class OutboundBudget {
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Longer than a closed consumer may hold what is in flight to it. */
    private static final Duration NEXT_LOOK = ClientSession.KILL_AFTER.plusSeconds(1);

    /** Of the bound, one in so many parts is for those who hold little. */
    private static final int RESERVED = 4;

    private final long most;
    private final EngineRuntime runtime;
    private final TimerWheel wheel;
    private final IntSupplier count;
    private final Supplier<? extends Collection<ClientSession>> sessions;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicBoolean relieving = new AtomicBoolean();
    private final AtomicBoolean starved = new AtomicBoolean();

    /**
     * @param count how many sessions there are
     * @param sessions all of them
     */
    public OutboundBudget(
            long most,
            EngineRuntime runtime,
            TimerWheel wheel,
            IntSupplier count,
            Supplier<? extends Collection<ClientSession>> sessions) {
        this.most = most;
        this.runtime = runtime;
        this.wheel = wheel;
        this.count = count;
        this.sessions = sessions;
    }

    /**
     * @param held what the session holds already
     * @return false if the bound leaves no room: nothing was taken then
     */
    boolean take(int bytes, int held) {
        long before = used.get();
        while (isAllowed(before + bytes, held + bytes) && !used.compareAndSet(before, before + bytes)) {
            before = used.get();
        }
        long now = before + bytes;
        if (!isAllowed(now, held + bytes)) {
            watch();
            return false;
        }
        peak.accumulateAndGet(now, Math::max);
        if (isTight(now)) {
            watch();
        }
        return true;
    }

    void give(long bytes) {
        long now = used.addAndGet(-bytes);
        if (now <= most / 2 && starved.get() && starved.compareAndSet(true, false)) {
            runtime.execute(() -> sessions.get().forEach(ClientSession::flush));
        }
    }

    /**
     * Whether a message may be queued. Whoever is told no is flushed once there is room again.
     *
     * @param bytes of the message
     * @param held what the session holds already
     */
    boolean hasRoom(int bytes, int held) {
        if (fits(bytes, held)) {
            return true;
        }
        starved.set(true);
        return fits(bytes, held);
    }

    private boolean fits(int bytes, int held) {
        // The share last: it counts the sessions, and is seldom needed.
        return (!isTight() && isAllowed(used.get() + bytes, held + bytes)) || held + bytes <= share();
    }

    /** Whether messages wait in the log, and those who hold much are asked to come back later. */
    boolean isTight() {
        return isTight(used.get());
    }

    private boolean isAllowed(long all, long held) {
        return all <= most - most / RESERVED || (all <= most && held <= share());
    }

    /** What each session may hold, however tight memory is. */
    long share() {
        return most / RESERVED / Math.max(1, count.getAsInt());
    }

    /** Some room is left then for what was looked at before and is taken now. */
    private boolean isTight(long bytes) {
        return bytes > most / 8 * 5;
    }

    private void watch() {
        if (relieving.compareAndSet(false, true)) {
            wheel.schedule(GRACE, () -> runtime.execute(this::relieve));
        }
    }

    /**
     * Closes consumers that took nothing for a while, the longest stalled first, until half of the memory would be free, if it
     * is still tight. Many who take what they are sent can use it up as well, when all of them catch up: they free it.
     */
    private void relieve() {
        long left = used.get();
        if (!isTight(left)) {
            relieving.set(false);
            return;
        }
        long share = share();
        List<Slow> slowest = sessions.get().stream()
                .map(session -> new Slow(session, session.stalledNanos(), session.heldBytes()))
                .filter(slow -> slow.bytes() >= share && slow.stalledNanos() >= GRACE.toNanos())
                .sorted(Comparator.comparingLong(Slow::stalledNanos)
                        .thenComparingLong(Slow::bytes)
                        .reversed())
                .toList();
        for (Slow slow : slowest) {
            if (left <= most / 2) {
                break;
            }
            left -= slow.bytes();
            closed.incrementAndGet();
            slow.session()
                    .kill(new CloseReason(
                            CloseReason.TOO_SLOW,
                            "memory for slow consumers is used up, and this is one of the slowest"));
        }
        wheel.schedule(slowest.isEmpty() ? GRACE : NEXT_LOOK, () -> runtime.execute(this::relieve));
    }

    private record Slow(ClientSession session, long stalledNanos, long bytes) {}

    /** What waits or is being written, in bytes. */
    public long used() {
        return used.get();
    }

    /** The most that it ever was. */
    public long peak() {
        return peak.get();
    }

    /** Consumers closed to make room. */
    public long closedForRoom() {
        return closed.get();
    }
}
