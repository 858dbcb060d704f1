package io.lastack.client;

import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether, and after how long, a client connects again when a link has ended. */
final class Reconnect {
    private final Turns turns;
    private final Backoff backoff;
    private final Duration goodAfter;
    private long onlineSince;
    private long goAwayUntil;
    private boolean online;
    private boolean toldToGo;

    Reconnect(Turns turns, ClientOptions options) {
        this.turns = turns;
        this.backoff = new Backoff(options.backoffBase(), options.backoffMax(), turns.random());
        this.goodAfter = options.backoffMax();
    }

    /** 1 for the first attempt since the last good link. */
    int attempt() {
        return backoff.attempts() + 1;
    }

    void online() {
        online = true;
        onlineSince = turns.nanoTime();
    }

    void goAway(ServerFrame.GoAway goAway) {
        toldToGo = true;
        goAwayUntil = turns.nanoTime()
                + Duration.ofMillis(Math.max(0, goAway.reconnectAfterMillis())).toNanos();
    }

    /**
     * The link has ended, or did not come to be.
     *
     * @param atLeastMillis what the server asked for in its answer to hello; 0 for nothing
     * @return how long to wait; null if only somebody's asking starts the client again
     */
    @Nullable
    Duration linkLost(CloseReason reason, long atLeastMillis) {
        if (online && turns.nanoTime() - onlineSince >= goodAfter.toNanos()) {
            backoff.reset();
        }
        online = false;
        if (isFinal(reason.code())) {
            return null;
        }
        if (toldToGo) {
            toldToGo = false;
            return Duration.ofNanos(Math.max(0, goAwayUntil - turns.nanoTime()));
        }
        Duration wait = backoff.next();
        Duration asked = Duration.ofMillis(atLeastMillis);
        return wait.compareTo(asked) < 0 ? asked : wait;
    }

    /** Somebody asked: as if for the first time. */
    void forget() {
        backoff.reset();
        toldToGo = false;
    }

    /** Connecting again would push out the newer connection, or be refused again. */
    private static boolean isFinal(int code) {
        return code == CloseReason.REPLACED || code == CloseReason.POLICY;
    }
}
