package io.lastack.internal.session;

import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.cluster.ClusterSignal.Disconnect;
import io.lastack.internal.cluster.ClusterSignal.Revoked;
import io.lastack.internal.task.SerialExecutor;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.CloseReason;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.Revocations;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs users and devices out on all nodes: keeps what is revoked, ends the sessions that it concerns, and tells the other
 * nodes, which do the same. When signals may have been missed, all sessions are compared with what is kept. Thread-safe.
 */
public final class Logouts {
    private static final Logger log = LoggerFactory.getLogger(Logouts.class);
    private static final int TOLD_AGAIN = 2;

    private final SessionRegistry registry;
    private final Revocations revocations;
    private final Cluster cluster;
    private final EngineRuntime runtime;
    private final SerialExecutor tasks;
    private final AtomicBoolean toCompare = new AtomicBoolean();

    public Logouts(SessionRegistry registry, Revocations revocations, Cluster cluster, EngineRuntime runtime) {
        this.registry = registry;
        this.revocations = revocations;
        this.cluster = cluster;
        this.runtime = runtime;
        this.tasks = new SerialExecutor(runtime);
    }

    /** Begins to hear. */
    public void listen() {
        cluster.on(Disconnect.class, kick -> disconnectHere(kick.user(), kick.reason()));
        cluster.on(Revoked.class, revoked -> tasks.execute(() -> revokedElsewhere(revoked)));
        cluster.onMissed(this::compareSoon);
    }

    /**
     * Refuses tokens issued before a time, on all nodes. Blocks.
     *
     * @param device only for this one; null for all of the user's
     * @return how many sessions ended here
     * @throws RuntimeException what the revocations threw; everything else is done all the same
     */
    public int revoke(UserId user, @Nullable DeviceId device, long before) {
        int ended;
        try {
            revocations.revoke(user, device, before);
        } finally {
            if (!cluster.isAlone()) {
                tell(new Revoked(user, device, before), TOLD_AGAIN);
            }
            ended = end(user, device, before);
        }
        return ended;
    }

    /** Closes all connections of a user, on all nodes. @return how many there were on this one */
    public int disconnect(UserId user, String reason) {
        cluster.tell(user.value(), new Disconnect(user, reason));
        return disconnectHere(user, reason);
    }

    private int disconnectHere(UserId user, String reason) {
        List<ClientSession> open = registry.of(user);
        open.forEach(session -> session.end(new CloseReason(CloseReason.POLICY, reason)));
        return open.size();
    }

    private void tell(Revoked signal, int again) {
        cluster.tellEverybody(signal);
        if (again > 0) {
            runtime.schedule(cluster.options().heartbeat(), () -> tell(signal, again - 1));
        }
    }

    private void revokedElsewhere(Revoked revoked) {
        try {
            revocations.revoke(revoked.user(), revoked.device(), revoked.before());
        } catch (RuntimeException e) {
            log.warn("what another node revoked could not be kept: {}", e.toString());
        }
        end(revoked.user(), revoked.device(), revoked.before());
    }

    private int end(UserId user, @Nullable DeviceId device, long before) {
        List<ClientSession> concerned = registry.of(user).stream()
                .filter(session -> device == null || session.device().equals(device))
                .filter(session -> session.context().issuedAt() < before)
                .toList();
        concerned.forEach(Logouts::end);
        return concerned.size();
    }

    private static void end(ClientSession session) {
        session.end(new CloseReason(CloseReason.UNAUTHENTICATED, "the token was revoked"));
    }

    private void compareSoon() {
        if (toCompare.compareAndSet(false, true)) {
            tasks.execute(this::compare);
        }
    }

    private void compare() {
        toCompare.set(false);
        try {
            for (ClientSession session : registry.all()) {
                if (session.isAuthenticated()
                        && revocations.isRevoked(
                                session.user(),
                                session.device(),
                                session.context().issuedAt())) {
                    end(session);
                }
            }
        } catch (RuntimeException e) {
            log.warn("sessions could not be compared with what is revoked: {}", e.toString());
        }
    }
}
