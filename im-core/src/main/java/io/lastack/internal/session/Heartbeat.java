package io.lastack.internal.session;

import io.lastack.internal.timer.TimerWheel.Timeout;
import io.lastack.session.CloseReason;
import io.lastack.spi.EngineOptions;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches one session: the time to say hello, signs of life, the end of the token, writes that do not end, messages that
 * are not acknowledged. One timeout on the wheel at a time. Thread-safe.
 */
final class Heartbeat {
    private final SessionServices services;
    private final Watched session;
    private volatile long activityNanos;
    private volatile boolean stopped;
    private volatile @Nullable Timeout next;

    /** When to tell the client that its token ends, in milliseconds since the epoch; {@link Long#MAX_VALUE} once it was told. */
    private volatile long warnAt = Long.MAX_VALUE;

    /** The session, as far as it is watched. */
    interface Watched {
        /** Whether hello came, be its login done or under way. */
        boolean isGreeted();

        /** When the token ends, in milliseconds since the epoch. */
        long expiresAt();

        /** For how long a write has been going on, in nanoseconds. */
        long stalledNanos();

        /** Tells the client that its token ends. */
        void warnOfExpiry(long inMillis);

        void ping();

        /** Looks after messages that are not acknowledged. */
        void checkAcks();

        void end(CloseReason reason);

        /** Ends although the peer may not take another byte. */
        void kill(CloseReason reason);
    }

    Heartbeat(SessionServices services, Watched session) {
        this.services = services;
        this.session = session;
        this.activityNanos = services.wheel().nanoTime();
    }

    /** The connection is open; hello must come in time. */
    void opened() {
        schedule(services.options().helloTimeout(), () -> {
            if (!session.isGreeted()) {
                session.end(new CloseReason(CloseReason.UNAUTHENTICATED, "no token in time"));
            }
        });
    }

    /** The session is logged in. */
    void established() {
        cancel();
        tokenTaken();
        scheduleTick();
    }

    /** There is another token; its times count from the next look on. */
    void renewed() {
        tokenTaken();
    }

    private void tokenTaken() {
        long end = session.expiresAt();
        long left = end - services.runtime().currentTimeMillis();
        warnAt = end == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : end - Math.min(services.options().expiryWarning().toMillis(), left / 2);
    }

    /** Something came from the peer. */
    void activity() {
        activityNanos = services.wheel().nanoTime();
    }

    /** For how long nothing has come from the peer, in nanoseconds. */
    long silentNanos() {
        return services.wheel().nanoTime() - activityNanos;
    }

    void stop() {
        stopped = true;
        cancel();
    }

    private void scheduleTick() {
        EngineOptions options = services.options();
        Duration shortest = Stream.of(options.heartbeat(), options.ackTimeout(), options.writeTimeout())
                .min(Duration::compareTo)
                .orElseThrow();
        long now = services.runtime().currentTimeMillis();
        long tokenEvent = Math.max(0, Math.min(warnAt, session.expiresAt()) - now);
        schedule(Duration.ofMillis(Math.min(shortest.toMillis() / 2, tokenEvent)), this::tick);
    }

    private void schedule(Duration delay, Runnable task) {
        next = services.wheel().schedule(delay, task);
        if (stopped) {
            cancel();
        }
    }

    private void cancel() {
        Timeout waiting = next;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    private void tick() {
        if (stopped) {
            return;
        }
        long heartbeat = services.options().heartbeat().toNanos();
        long silent = silentNanos();
        if (session.stalledNanos() >= services.options().writeTimeout().toNanos()) {
            session.kill(new CloseReason(CloseReason.TOO_SLOW, "a write did not end in time"));
        } else if (silent >= 2 * heartbeat) {
            session.kill(new CloseReason(CloseReason.SILENT, "nothing received for two heartbeats"));
        } else if (session.expiresAt() <= services.runtime().currentTimeMillis()) {
            session.end(new CloseReason(CloseReason.UNAUTHENTICATED, "the token expired and was not renewed"));
        } else {
            warnIfDue();
            if (silent >= heartbeat / 2) {
                session.ping();
            }
            session.checkAcks();
            scheduleTick();
        }
    }

    private void warnIfDue() {
        long now = services.runtime().currentTimeMillis();
        if (now >= warnAt) {
            warnAt = Long.MAX_VALUE;
            session.warnOfExpiry(session.expiresAt() - now);
        }
    }
}
