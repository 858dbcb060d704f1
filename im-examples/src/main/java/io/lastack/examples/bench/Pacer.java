package io.lastack.examples.bench;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends at a fixed rate whatever the server does, a few messages every half millisecond. The latency of each counts from
 * when it was due, so that a server that stalls is not spared what it would have been asked meanwhile.
 */
final class Pacer {
    private static final long STEP_NANOS = 500_000;

    private final Executor thread;
    private final List<Sender> senders;
    private final double perStep;
    private final Thread clock;
    private volatile boolean running = true;
    private int nextSender;
    private final AtomicLong unsent = new AtomicLong();

    Pacer(Stage stage, List<Sender> senders, double perSecond) {
        this.thread = stage.dialer().thread();
        this.senders = senders;
        this.perStep = perSecond * STEP_NANOS / 1e9;
        this.clock = new Thread(this::tick, "bench-pacer");
        clock.setDaemon(true);
        clock.start();
    }

    private void tick() {
        long start = System.nanoTime();
        long given = 0;
        for (long step = 0; running; step++) {
            long due = start + step * STEP_NANOS;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            int count = (int) ((long) (perStep * (step + 1)) - given);
            given += count;
            if (count > 0) {
                thread.execute(() -> send(count, due));
            }
        }
    }

    private void send(int count, long dueNanos) {
        for (int i = 0; i < count; i++) {
            Sender sender = senders.get(nextSender++ % senders.size());
            if (!sender.send(dueNanos)) {
                unsent.incrementAndGet();
            }
        }
    }

    /** Messages that were due and not sent, since too many of their sender were under way: the rate is too high. */
    long unsent() {
        return unsent.get();
    }

    /** Sends no more. */
    void stop() {
        running = false;
        try {
            clock.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
