package io.lastack.spi;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;

/**
 * A device is connected.
 *
 * @param node to which node
 * @param session by which connection of that node
 * @param since orders the connections of one device, over all nodes: about when it was made, in milliseconds since the
 *     epoch, but always more than that of the one before
 * @param lastActivity when the user last did something by it, in milliseconds since the epoch; may be some minutes behind
 *     while the user is active
 * @param away whether the user has done nothing by it for a while
 */
public record PresenceEntry(
        UserId user, DeviceId device, String node, String session, long since, long lastActivity, boolean away) {
    public PresenceEntry {
        if (since < 0 || lastActivity < 0) {
            throw new IllegalArgumentException(
                    "since " + since + " and lastActivity " + lastActivity + " must not be negative");
        }
    }

    public PresenceEntry withSince(long newSince) {
        return new PresenceEntry(user, device, node, session, newSince, lastActivity, away);
    }

    public PresenceEntry withActivity(long at, boolean nowAway) {
        return new PresenceEntry(user, device, node, session, since, Math.max(at, lastActivity), nowAway);
    }

    /** Whether this is the same connection as the other, whatever happened on it. */
    public boolean isSameSession(PresenceEntry other) {
        return node.equals(other.node) && session.equals(other.session);
    }

    /** Whether this connection takes the place of the other one of the same device. */
    public boolean isAfter(PresenceEntry other) {
        return isAfter(other.since, other.session);
    }

    /** The same, of a connection known by these two. */
    public boolean isAfter(long otherSince, String otherSession) {
        return since != otherSince ? since > otherSince : session.compareTo(otherSession) > 0;
    }
}
