package io.lastack.internal.session;

import io.lastack.internal.cluster.Cluster;
import io.lastack.session.CloseReason;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.EpochRenewal;
import io.lastack.spi.ImStore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Knows the epoch, and gives the data another one when a device shows that the log is older than what the device has: a
 * restored backup, which has the epoch of its original. Only once in the life of an engine: that is enough for a backup, and
 * bounds what a client that lies can bring about. Thread-safe.
 */
public final class EpochGuard {
    private static final Logger log = LoggerFactory.getLogger(EpochGuard.class);

    private final ImStore store;
    private final EngineRuntime runtime;
    private final SessionRegistry sessions;
    private final Cluster cluster;
    private final AtomicBoolean renewed = new AtomicBoolean();
    private final AtomicBoolean asking = new AtomicBoolean();

    public EpochGuard(ImStore store, EngineRuntime runtime, SessionRegistry sessions, Cluster cluster) {
        this.store = store;
        this.runtime = runtime;
        this.sessions = sessions;
        this.cluster = cluster;
    }

    /** Begins to look at the epoch whenever another node takes the log for another one. */
    public void listen() {
        cluster.onEpochDoubt(() -> {
            if (asking.compareAndSet(false, true)) {
                runtime.execute(this::ask);
            }
        });
    }

    private void ask() {
        try {
            String now = store.log().epoch();
            String known = cluster.epoch();
            cluster.epochIs(now);
            if (!known.isEmpty() && !known.equals(now)) {
                log.warn("the epoch was {} and is {}: every device connected here is told", known, now);
                closeAllBut(null);
            }
        } catch (RuntimeException e) {
            log.warn(
                    "the epoch could not be asked for; the next heartbeat of another node asks again: {}",
                    e.toString());
        } finally {
            asking.set(false);
        }
    }

    /** The epoch as it is now. Blocks. */
    String epoch() {
        String now = store.log().epoch();
        if (cluster.epoch().isEmpty()) {
            cluster.epochIs(now);
        }
        return now;
    }

    /**
     * A device whose positions are of this epoch has a message that the log does not have. Blocks.
     *
     * @param by the session of that device, which is told by its welcome; all others are closed, to be told when they return
     * @return the epoch to tell it
     */
    String wentBack(String epoch, Resume.Ahead ahead, ClientSession by) {
        EpochRenewal renewal =
                renewed.compareAndSet(false, true) ? store.epochRenewal().orElse(null) : null;
        log.atLevel(renewal == null ? Level.WARN : Level.ERROR)
                .log(
                        "device {} of {} has {} up to seq {} under epoch {}, but the log ends at {}: the data was lost in"
                                + " part or restored from a backup, or this client is wrong",
                        by.device(),
                        by.user(),
                        ahead.conversation(),
                        ahead.stated(),
                        epoch,
                        ahead.head());
        String now = renewal == null ? null : renew(renewal, epoch);
        if (now == null) {
            return epoch();
        }
        cluster.epochIs(now);
        closeAllBut(by);
        return now;
    }

    private void closeAllBut(@Nullable ClientSession by) {
        for (ClientSession session : sessions.all()) {
            if (session != by) {
                session.end(new CloseReason(CloseReason.GOING_AWAY, "the log is another one now; connect again"));
            }
        }
    }

    private @Nullable String renew(EpochRenewal renewal, String epoch) {
        try {
            String now = renewal.renew(
                    epoch,
                    String.format(
                            "%016x%016x",
                            runtime.random().nextLong(), runtime.random().nextLong()));
            log.error(
                    "the epoch was {} and is {} from now on: every device drops its positions when it connects",
                    epoch,
                    now);
            return now;
        } catch (RuntimeException e) {
            log.error("the epoch could not be renewed; the next device that is ahead of the log has it tried again", e);
            renewed.set(false);
            return null;
        }
    }
}
