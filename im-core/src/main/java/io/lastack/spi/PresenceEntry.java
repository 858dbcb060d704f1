package io.lastack.spi;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;

/**
 * A device is connected.
 *
 * @param node to which node
 * @param session by which connection of that node
 * @param since orders the connections of one user, over all nodes: about when it was made, in milliseconds since the
 *     epoch, but always more than that of the one before
 * @param lastActivity when the user last did something by it, in milliseconds since the epoch; may be some minutes behind
 *     while the user is active
 * @param away whether the user has done nothing by it for a while
 * @param kind what it counts as where a user may have so many devices of a kind ({@link DevicesPerUser#kindOf}); may be empty
 */
public record PresenceEntry(
        UserId user,
        DeviceId device,
        String node,
        String session,
        long since,
        long lastActivity,
        boolean away,
        String kind) {
    public PresenceEntry {
        if (since < 0 || lastActivity < 0) {
            throw new IllegalArgumentException(
                    "since " + since + " and lastActivity " + lastActivity + " must not be negative");
        }
    }

    public PresenceEntry withSince(long newSince) {
        return new PresenceEntry(user, device, node, session, newSince, lastActivity, away, kind);
    }

    public PresenceEntry withActivity(long at, boolean nowAway) {
        return new PresenceEntry(user, device, node, session, since, Math.max(at, lastActivity), nowAway, kind);
    }

    /** Whether this is the same connection as the other, whatever happened on it. */
    public boolean isSameSession(PresenceEntry other) {
        return node.equals(other.node) && session.equals(other.session);
    }

    /** Whether this connection is the later one. */
    public boolean isAfter(PresenceEntry other) {
        return isAfter(other.since, other.session);
    }

    /** The same, of a connection known by these two. */
    public boolean isAfter(long otherSince, String otherSession) {
        return since != otherSince ? since > otherSince : session.compareTo(otherSession) > 0;
    }
}
