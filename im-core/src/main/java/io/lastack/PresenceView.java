package io.lastack;

import io.lastack.internal.session.SessionRegistry;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.CloseReason;
import java.util.List;
import java.util.Set;

/** Who is connected to this engine. */
public final class PresenceView {
    private final SessionRegistry sessions;

    PresenceView(SessionRegistry sessions) {
        this.sessions = sessions;
    }

    public boolean isOnline(UserId user) {
        return !sessions.of(user).isEmpty();
    }

    /** The devices with which a user is connected. */
    public List<DeviceId> devices(UserId user) {
        return sessions.of(user).stream().map(s -> s.device()).sorted().toList();
    }

    public Set<UserId> usersOnline() {
        return sessions.usersOnline();
    }

    /** How many connections there are, those not authenticated yet included. */
    public int connections() {
        return sessions.size();
    }

    /** Closes all connections of a user. @return how many there were */
    public int disconnect(UserId user, String reason) {
        List<io.lastack.internal.session.ClientSession> open = sessions.of(user);
        open.forEach(session -> session.end(new CloseReason(CloseReason.POLICY, reason)));
        return open.size();
    }
}
