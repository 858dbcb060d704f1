package io.lastack.client;

import io.lastack.internal.task.SerialExecutor;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's own order of events: everything it does is a turn, one at a time, and what turns that follow each other
 * closely have to say to the server leaves together. All parts of a client are touched in turns only, except where they say otherwise.
 */
final class Turns {
    private final EngineRuntime runtime;
    private final SerialExecutor serial;
    private final Wire wire;
    private boolean flushing;

    Turns(EngineRuntime runtime, Wire wire) {
        this.runtime = runtime;
        this.serial = new SerialExecutor(runtime);
        this.wire = wire;
    }

    /** A turn of its own, after those asked for before. From any thread. */
    void later(Runnable task) {
        serial.execute(() -> {
            try {
                task.run();
            } finally {
                flushBehindTheOthers();
            }
        });
    }

    /** After the turns that wait already, so that their frames share a packet. */
    private void flushBehindTheOthers() {
        if (!flushing && wire.hasFrames()) {
            flushing = true;
            serial.execute(() -> {
                flushing = false;
                wire.flush();
            });
        }
    }

    /** Within the turn that is running in this thread, or else in one of its own. From any thread. */
    void nowOrLater(Runnable task) {
        if (serial.isInside()) {
            task.run();
        } else {
            later(task);
        }
    }

    Timer after(Duration delay, Runnable task) {
        Timer timer = new Timer(task);
        timer.scheduled = runtime.schedule(delay, () -> later(timer::fire));
        return timer;
    }

    /** On another thread; may block. */
    void aside(Runnable task) {
        runtime.execute(task);
    }

    long nanoTime() {
        return runtime.nanoTime();
    }

    long currentTimeMillis() {
        return runtime.currentTimeMillis();
    }

    RandomGenerator random() {
        return runtime.random();
    }

    /** A turn to come. */
    static final class Timer {
        private @Nullable Runnable task;
        private EngineRuntime.@Nullable Cancellable scheduled;

        private Timer(Runnable task) {
            this.task = task;
        }

        /** In a turn; after it the task does not run any more, even if its time has come. */
        void cancel() {
            task = null;
            if (scheduled != null) {
                scheduled.cancel();
            }
        }

        private void fire() {
            Runnable due = task;
            task = null;
            if (due != null) {
                due.run();
            }
        }
    }
}
