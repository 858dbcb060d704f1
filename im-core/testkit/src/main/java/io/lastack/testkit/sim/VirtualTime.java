package io.lastack.testkit.sim;

import io.lastack.spi.EngineRuntime;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The one clock and the one queue of a simulation. Events run at their time; those of one instant in an order drawn from
 * the seed. While one runs, and asks for something that takes time, others may run inside it: see {@link #pass}.
 */
final class VirtualTime {
    /** More at one instant, or inside each other, than any work that ends needs. */
    private static final int MOST_AT_ONE_INSTANT = 200_000;

    private static final int DEEPEST = 3;

    private final PriorityQueue<Event> events = new PriorityQueue<>(256);
    private final SplittableRandom random;
    private final Watchdog watchdog;
    private long nanos;
    private long added;
    private long ran;
    private int atThisInstant;
    private int depth;

    /** Who hears of what must not happen. */
    interface Watchdog {
        /** An event threw. */
        void threw(Event event, RuntimeException failure);

        /** Time does not go on. */
        void stuck();

        /** Whether nothing more is to run. */
        boolean isOver();
    }

    VirtualTime(SplittableRandom random, Watchdog watchdog) {
        this.random = random;
        this.watchdog = watchdog;
    }

    long nanos() {
        return nanos;
    }

    /** How many events ran so far. */
    long ran() {
        return ran;
    }

    /** @param mayBlock whether the event may ask a store */
    Event add(long delayNanos, @Nullable Process owner, boolean mayBlock, Runnable body) {
        Event event = new Event(nanos + delayNanos, random.nextInt(), added++, owner, mayBlock, body);
        events.add(event);
        return event;
    }

    /** Runs all that is due up to a moment, and moves there. */
    void runUntil(long untilNanos) {
        while (runNext(untilNanos)) {
            // Each event may add more.
        }
        if (!watchdog.isOver()) {
            moveTo(untilNanos);
        }
    }

    /** Runs at most so many events that are due now. */
    void runSome(int count) {
        for (int i = 0; i < count && runNext(nanos); i++) {
            // Each event may add more.
        }
    }

    /** Time passes inside an event that waits for something; what else is due runs meanwhile, unless it nests too deep. */
    void pass(long durationNanos, int mostEvents) {
        long until = nanos + durationNanos;
        if (depth < DEEPEST) {
            for (int i = 0; i < mostEvents && runNext(until); i++) {
                // Each event may add more.
            }
        }
    }

    private boolean runNext(long untilNanos) {
        Event next = events.peek();
        if (next == null || next.dueNanos > untilNanos || watchdog.isOver()) {
            return false;
        }
        events.poll();
        moveTo(next.dueNanos);
        if (++atThisInstant > MOST_AT_ONE_INSTANT) {
            watchdog.stuck();
            return false;
        }
        if (next.owner != null && next.owner.standsStill()) {
            next.dueNanos = next.owner.nextAfterStanding();
            events.add(next);
        } else {
            run(next);
        }
        return true;
    }

    private void run(Event event) {
        ran++;
        depth++;
        try {
            event.run();
        } catch (Crash crash) {
            // The process is gone; so is what it was doing.
        } catch (RuntimeException e) {
            watchdog.threw(event, e);
        } finally {
            depth--;
        }
    }

    private void moveTo(long moment) {
        if (moment > nanos) {
            nanos = moment;
            atThisInstant = 0;
        }
    }

    /** Something to run at a time, or later if its process stands still, unless that is gone by then. */
    static final class Event implements Comparable<Event>, EngineRuntime.Cancellable {
        final @Nullable Process owner;
        private long dueNanos;
        private final int lot;
        private final long order;
        private final boolean mayBlock;
        private @Nullable Runnable body;

        Event(long dueNanos, int lot, long order, @Nullable Process owner, boolean mayBlock, Runnable body) {
            this.dueNanos = dueNanos;
            this.lot = lot;
            this.order = order;
            this.owner = owner;
            this.mayBlock = mayBlock;
            this.body = body;
        }

        @Override
        public void cancel() {
            body = null;
        }

        void run() {
            Runnable task = body;
            body = null;
            if (task == null) {
                return;
            }
            if (owner == null) {
                task.run();
            } else if (!owner.isDead()) {
                owner.run(task, mayBlock);
            }
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            if (byTime != 0) {
                return byTime;
            }
            int byLot = Integer.compare(lot, other.lot);
            return byLot != 0 ? byLot : Long.compare(order, other.order);
        }
    }

    /** Unwinds what a process was doing when it died. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(String process) {
            super(process + " is dead", null, false, false);
        }
    }
}
