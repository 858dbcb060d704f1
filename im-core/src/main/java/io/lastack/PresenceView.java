package io.lastack;

import io.lastack.internal.presence.PresenceWatch;
import io.lastack.internal.session.Logouts;
import io.lastack.internal.session.SessionRegistry;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.UserPresence;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Who is connected. What asks about all nodes asks the presence directory: it blocks if that is not in memory, and throws a
 * {@link io.lastack.error.StoreException} if it does not answer.
 */
public final class PresenceView {
    private final SessionRegistry sessions;
    private final PresenceWatch watch;
    private final Logouts logouts;

    PresenceView(SessionRegistry sessions, PresenceWatch watch, Logouts logouts) {
        this.sessions = sessions;
        this.watch = watch;
        this.logouts = logouts;
    }

    /** Whether the user is connected, to whatever node. May block. */
    public boolean isOnline(UserId user) {
        return !sessions.of(user).isEmpty() || state(user).isOnline();
    }

    /** The devices with which a user is connected, to whatever node. May block. */
    public List<DeviceId> devices(UserId user) {
        return state(user).devices();
    }

    /** Where a user is connected, and when it was last seen. May block. */
    public UserPresence state(UserId user) {
        return watch.lookup(List.of(user)).get(0);
    }

    /** The same of many users, in their order, with one question for each 500. May block. */
    public List<UserPresence> states(Collection<UserId> users) {
        return watch.lookup(List.copyOf(users));
    }

    /** The users connected to this node. */
    public Set<UserId> usersOnline() {
        return Collections.unmodifiableSet(sessions.usersOnline());
    }

    /** How many connections this node has, those not authenticated yet included. */
    public int connections() {
        return sessions.size();
    }

    /**
     * Closes all connections of a user: those of this node at once, those of other nodes as soon as they hear of it (which
     * they may not, while the bus is away).
     *
     * @return how many there were on this node
     */
    public int disconnect(UserId user, String reason) {
        return logouts.disconnect(user, reason);
    }
}
