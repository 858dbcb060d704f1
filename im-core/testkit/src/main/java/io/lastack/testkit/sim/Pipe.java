package io.lastack.testkit.sim;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

/** One direction of a connection: what goes in comes out later, in order, unless the pipe broke meanwhile. */
final class Pipe {
    private static final int ODDLY_LATE_ONE_IN = 20;
    private static final long SHORTEST = 30_000;
    private static final long USUAL = 400_000;
    private static final long ODDLY_LATE = 15_000_000;

    private final VirtualTime time;
    private final SplittableRandom random;
    private final Process receiver;
    private final ArrayDeque<Runnable> underWay = new ArrayDeque<>(4);
    private long lastDue;
    private long extraNanos;
    private boolean broken;

    Pipe(VirtualTime time, SplittableRandom random, Process receiver) {
        this.time = time;
        this.random = random;
        this.receiver = receiver;
    }

    /** @return when it will come out */
    long send(Runnable delivery) {
        long due = Math.max(lastDue, time.nanos() + latency());
        if (!broken) {
            lastDue = due;
            underWay.add(delivery);
            time.add(due - time.nanos(), receiver, false, this::deliverNext);
        }
        return due;
    }

    private void deliverNext() {
        Runnable next = underWay.poll();
        if (next != null && !broken) {
            next.run();
        }
    }

    private long latency() {
        long usual = SHORTEST + random.nextLong(USUAL) + extraNanos;
        return random.nextInt(ODDLY_LATE_ONE_IN) == 0 ? usual + random.nextLong(ODDLY_LATE) : usual;
    }

    /** Nothing comes out any more, and nobody is told. */
    void breakSilently() {
        broken = true;
        underWay.clear();
    }

    boolean isBroken() {
        return broken;
    }

    /** Each delivery takes longer by so much; 0 for no longer. */
    void slowDown(long nanos) {
        extraNanos = nanos;
    }
}
