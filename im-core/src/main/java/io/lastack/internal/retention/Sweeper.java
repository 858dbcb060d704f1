package io.lastack.internal.retention;

import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.EngineRuntime.Cancellable;
import io.lastack.spi.LogRetention;
import io.lastack.spi.RetentionPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps from time to time, and when asked; one sweep at a time. Thread-safe. */
public final class Sweeper {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private final LogRetention retention;
    private final EngineRuntime runtime;
    private final ConversationIndex index;
    private final RetentionPolicy policy;
    private final Duration interval;
    private @Nullable Sweep running;
    private @Nullable CompletableFuture<Swept> following;
    private @Nullable Cancellable timer;
    private boolean stopped;

    public Sweeper(
            LogRetention retention,
            EngineRuntime runtime,
            ConversationIndex index,
            RetentionPolicy policy,
            Duration interval) {
        this.retention = retention;
        this.runtime = runtime;
        this.index = index;
        this.policy = policy;
        this.interval = interval;
    }

    /** Sweeps once an interval; the first time after a part of it, so that nodes started together do not meet. */
    public void start() {
        schedule(Duration.ofMillis(runtime.random().nextLong(Math.max(1, interval.toMillis())) + 1));
    }

    private synchronized void schedule(Duration delay) {
        if (!stopped) {
            timer = runtime.schedule(delay, this::tick);
        }
    }

    private void tick() {
        sweep().whenComplete((swept, failure) -> {
            if (failure != null) {
                log.warn("deleting old messages failed; trying again in {}", interval, failure);
            } else if (swept.messages() > 0) {
                log.info("deleted {} old messages of {} conversations", swept.messages(), swept.conversations());
            }
            schedule(interval);
        });
    }

    /** Sweeps now, or as soon as the sweep under way has ended: what is due at this moment is covered. */
    public CompletionStage<Swept> sweep() {
        Sweep begun;
        CompletableFuture<Swept> done;
        synchronized (this) {
            if (stopped) {
                return CompletableFuture.completedFuture(new Swept(0, 0));
            }
            if (running != null) {
                following = following == null ? new CompletableFuture<>() : following;
                return following;
            }
            begun = new Sweep(retention, runtime, index, policy);
            done = new CompletableFuture<>();
            running = begun;
        }
        begin(begun, done);
        return done;
    }

    private void begin(Sweep sweep, CompletableFuture<Swept> done) {
        CompletableFuture<Swept> unused = sweep.begin().whenComplete((swept, failure) -> {
            next();
            if (failure == null) {
                done.complete(swept);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }

    private void next() {
        Sweep sweep;
        CompletableFuture<Swept> done;
        synchronized (this) {
            done = following;
            following = null;
            sweep = done == null ? null : new Sweep(retention, runtime, index, policy);
            running = sweep;
            if (sweep != null && stopped) {
                sweep.stop();
            }
        }
        if (sweep != null && done != null) {
            begin(sweep, done);
        }
    }

    /** No further sweeps; the one under way ends after its step. */
    public synchronized void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
        if (running != null) {
            running.stop();
        }
    }
}
