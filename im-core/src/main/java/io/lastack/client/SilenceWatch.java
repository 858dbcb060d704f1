package io.lastack.client;

import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices a link that is dead without saying so: after one heartbeat of silence the server is asked for a sign of life,
 * after two the link is given up.
 */
final class SilenceWatch implements Part {
    private final Turns turns;
    private final Wire wire;
    private final Replies replies;
    private final LongSupplier lastHeard;
    private final Consumer<CloseReason> loseLink;
    private Turns.@Nullable Timer timer;
    private long heartbeat;

    /** @param lastHeard when anything came from the server last, by the runtime's monotonic clock */
    SilenceWatch(Turns turns, Wire wire, Replies replies, LongSupplier lastHeard, Consumer<CloseReason> loseLink) {
        this.turns = turns;
        this.wire = wire;
        this.replies = replies;
        this.lastHeard = lastHeard;
        this.loseLink = loseLink;
    }

    @Override
    public void online(ServerFrame.Welcome welcome) {
        heartbeat = Duration.ofMillis(welcome.heartbeatMillis()).toNanos();
        if (heartbeat > 0) {
            lookAgainIn(heartbeat);
        }
    }

    @Override
    public void offline() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void look() {
        long silent = turns.nanoTime() - lastHeard.getAsLong();
        if (silent >= 2 * heartbeat) {
            loseLink.accept(new CloseReason(
                    CloseReason.SILENT, "nothing came from the server for " + Duration.ofNanos(silent)));
        } else if (silent >= heartbeat) {
            wire.add(new ClientFrame.Ping(replies.expect(reply -> {})));
            lookAgainIn(2 * heartbeat - silent);
        } else {
            lookAgainIn(heartbeat - silent);
        }
    }

    private void lookAgainIn(long nanos) {
        timer = turns.after(Duration.ofNanos(nanos), this::look);
    }
}
