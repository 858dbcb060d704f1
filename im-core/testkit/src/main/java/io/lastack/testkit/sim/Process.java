package io.lastack.testkit.sim;

import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One life of a node or of a client: the runtime that it is given. When it dies, nothing that it had planned happens any
 * more.
 */
final class Process implements EngineRuntime {
    private static final long FIRST_MILLIS = 1_700_000_000_000L;
    private static final int LATE_ONE_IN = 8;
    private static final int LATEST_NANOS = 3_000_000;

    private final String name;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final SplittableRandom schedule;
    private long wallMillis;
    private long standsUntil = -1;
    private int putOff;
    private boolean dead;
    private boolean mayBlock;

    /** @param wallMillis how far its wall clock is from the others */
    Process(String name, VirtualTime time, SplittableRandom random, long wallMillis) {
        this.name = name;
        this.time = time;
        this.schedule = random.split();
        this.random = random;
        this.wallMillis = FIRST_MILLIS + wallMillis;
    }

    String name() {
        return name;
    }

    boolean isDead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    /** Nothing more of it happens for so long, unless it stands still already. What is due meanwhile happens then, in the same order. */
    void standStill(long nanos) {
        if (!standsStill()) {
            standsUntil = time.nanos() + nanos;
            putOff = 0;
        }
    }

    boolean standsStill() {
        return time.nanos() <= standsUntil;
    }

    /** When the next of what it has missed happens. */
    long nextAfterStanding() {
        return standsUntil + ++putOff;
    }

    /** Ends the running event if the process died inside it. */
    void requireAlive() {
        if (dead) {
            throw new VirtualTime.Crash(name);
        }
    }

    /** Whether what runs now may ask a store. */
    boolean mayBlock() {
        return mayBlock;
    }

    void run(Runnable task, boolean blocking) {
        boolean before = mayBlock;
        mayBlock = blocking;
        try {
            task.run();
        } finally {
            mayBlock = before;
        }
    }

    void jumpWallClock(long millis) {
        wallMillis += millis;
    }

    @Override
    public long currentTimeMillis() {
        return wallMillis + time.nanos() / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return time.nanos();
    }

    @Override
    public void execute(Runnable task) {
        if (!dead) {
            // A thread may be late.
            long delay = schedule.nextInt(LATE_ONE_IN) == 0 ? schedule.nextInt(LATEST_NANOS) : 0;
            time.add(delay, this, true, task);
        }
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return dead ? () -> {} : time.add(Math.max(0, delay.toNanos()), this, false, task);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
