package io.lastack;

import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.Logouts;
import io.lastack.internal.session.SessionRegistry;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.CloseReason;
import io.lastack.session.SessionInfo;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this engine whose clients are logged in: listing them, closing them, and keeping out who held a token
 * for them. Other nodes' connections are other engines', but for {@link #revoke}, which is for all nodes. Thread-safe.
 */
public final class Sessions {
    private static final int MAX_PAGE = 1_000;
    private static final int MAX_REASON_BYTES = 123;

    private final SessionRegistry registry;
    private final Logouts logouts;
    private final String node;

    Sessions(SessionRegistry registry, Logouts logouts, String node) {
        this.registry = registry;
        this.logouts = logouts;
        this.node = node;
    }

    /**
     * A page of all sessions, in ascending order of id. What connects or goes meanwhile is on one of the pages or on none.
     *
     * @param after only ids above this one; null from the start
     * @param limit 1 to 1,000
     * @throws IllegalArgumentException if the limit is another
     */
    public List<SessionInfo> list(@Nullable String after, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit " + limit + " is not allowed; 1 to " + MAX_PAGE + " are");
        }
        return registry.all().stream()
                .filter(ClientSession::isAuthenticated)
                .filter(session -> after == null || session.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(ClientSession::id))
                .limit(limit)
                .map(session -> session.info(node))
                .toList();
    }

    /** The sessions of one user, the oldest login first. */
    public List<SessionInfo> of(UserId user) {
        return registry.of(user).stream().map(session -> session.info(node)).toList();
    }

    /** How many there are. */
    public int count() {
        return (int)
                registry.all().stream().filter(ClientSession::isAuthenticated).count();
    }

    /**
     * Closes one session with 1008; a client that follows the protocol does not come back by itself.
     *
     * @param reason for a person to read; at most 123 bytes of UTF-8
     * @return whether there was one
     * @throws IllegalArgumentException if the reason is longer
     */
    public boolean close(String sessionId, String reason) {
        CloseReason why = policy(reason);
        ClientSession session = registry.find(sessionId);
        if (session == null || !session.isAuthenticated()) {
            return false;
        }
        session.end(why);
        return true;
    }

    /** The same for the sessions of one device. @return how many there were */
    public int close(UserId user, DeviceId device, String reason) {
        return close(user, session -> session.device().equals(device), policy(reason));
    }

    /** The same for all sessions of a user. @return how many there were */
    public int close(UserId user, String reason) {
        return close(user, session -> true, policy(reason));
    }

    /**
     * Logs a user out on all devices: tokens issued before a time are refused from now on, and the sessions that were opened
     * with one are closed with 4401. The other nodes are told three times within two heartbeats, and those that could not hear
     * it look whom it concerns when they hear the bus again, if their {@link io.lastack.spi.Revocations} know of it. Blocks.
     *
     * @param before in milliseconds since the epoch. Where tokens tell their time of issue in whole seconds, one issued
     *     later within that second is refused too.
     * @return how many sessions were closed here
     * @throws io.lastack.error.StoreException if it could not be kept; sessions are closed and other nodes told all the same,
     *     and it may be said again
     */
    public int revoke(UserId user, long before) {
        return logouts.revoke(user, null, before);
    }

    /**
     * The same for one device. A token that is not bound to a device is still good for another one: where that matters,
     * bind tokens to devices.
     */
    public int revoke(UserId user, DeviceId device, long before) {
        return logouts.revoke(user, device, before);
    }

    private int close(UserId user, Predicate<ClientSession> which, CloseReason why) {
        List<ClientSession> found = registry.of(user).stream().filter(which).toList();
        found.forEach(session -> session.end(why));
        return found.size();
    }

    private static CloseReason policy(String reason) {
        int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_REASON_BYTES) {
            throw new IllegalArgumentException(
                    "the reason has " + bytes + " bytes; at most " + MAX_REASON_BYTES + " are allowed");
        }
        return new CloseReason(CloseReason.POLICY, reason);
    }
}
