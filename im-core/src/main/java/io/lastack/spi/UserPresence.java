package io.lastack.spi;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.List;

/**
 * Where a user is connected.
 *
 * @param entries one for each connected device, in ascending order of the devices
 * @param lastActivity when the user was last seen to do something, in milliseconds since the epoch; 0 if that is not known
 */
public record UserPresence(UserId user, List<PresenceEntry> entries, long lastActivity) {
    public UserPresence {
        entries = List.copyOf(entries);
    }

    public static UserPresence unknown(UserId user) {
        return new UserPresence(user, List.of(), 0);
    }

    public boolean isOnline() {
        return !entries.isEmpty();
    }

    /** Online, but has done nothing for a while on any device. */
    public boolean isAway() {
        return isOnline() && entries.stream().allMatch(PresenceEntry::away);
    }

    public List<DeviceId> devices() {
        return entries.stream().map(PresenceEntry::device).sorted().toList();
    }
}
