package io.lastack.internal.session;

import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.SessionInfo;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.UserContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said about one connection: to the host while it lasts, and in one log line when it has ended. Thread-safe. */
final class SessionTally {
    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);
    private static final int MAX_CLIENT = 100;

    private final EngineRuntime runtime;
    private final Connection connection;
    private final long openedNanos;
    private final long openedMillis;
    private volatile String client = "";

    /** Written by whoever handles the session's frames, one after another. */
    private volatile long messagesReceived;

    SessionTally(EngineRuntime runtime, Connection connection) {
        this.runtime = runtime;
        this.connection = connection;
        this.openedNanos = runtime.nanoTime();
        this.openedMillis = runtime.currentTimeMillis();
    }

    /** What the client calls itself: cut to a length that lists and logs can bear. */
    void client(@Nullable String name) {
        if (name != null) {
            client = name.length() <= MAX_CLIENT ? name : name.substring(0, MAX_CLIENT);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void messageReceived() {
        messagesReceived++;
    }

    SessionInfo info(ClientSession session, long silentNanos, String node) {
        return new SessionInfo(
                session.id(),
                session.user(),
                session.device(),
                connection.remoteAddress(),
                client,
                openedMillis,
                runtime.currentTimeMillis() - silentNanos / 1_000_000,
                node,
                connection.transport());
    }

    void logEnd(ClientSession session, @Nullable UserContext who, long messagesSent, CloseReason reason) {
        log.atInfo()
                .addKeyValue("session", session.id())
                .addKeyValue("user", who == null ? "-" : who.user())
                .addKeyValue("device", session.isAuthenticated() ? session.device() : "-")
                .addKeyValue("address", connection.remoteAddress())
                .addKeyValue("transport", connection.transport())
                .addKeyValue("client", client)
                .addKeyValue("millis", (runtime.nanoTime() - openedNanos) / 1_000_000)
                .addKeyValue("messagesReceived", messagesReceived)
                .addKeyValue("messagesSent", messagesSent)
                .addKeyValue("code", reason.code())
                .addKeyValue("reason", reason.text())
                .log("connection ended");
    }
}
