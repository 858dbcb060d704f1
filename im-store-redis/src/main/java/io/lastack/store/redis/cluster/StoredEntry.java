package io.lastack.store.redis.cluster;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.PresenceEntry;
import java.util.List;

/** An entry as it is kept in its user's hash: {@code since node session lastActivity away kind}, under the device. */
final class StoredEntry {
    private StoredEntry() {}

    /** The arguments of {@code claim} and {@code put}, but for how long to keep them. */
    static List<String> arguments(PresenceEntry entry) {
        return List.of(
                entry.device().value(),
                Long.toString(entry.since()),
                entry.node(),
                entry.session(),
                Long.toString(entry.lastActivity()),
                entry.away() ? "1" : "0",
                entry.kind());
    }

    /** @throws IllegalArgumentException if it is none */
    static PresenceEntry parse(UserId user, DeviceId device, String text) {
        String[] parts = text.split(" ", 6);
        if (parts.length != 6) {
            throw new IllegalArgumentException("the entry of " + device + " of " + user + " is not one of presence");
        }
        return new PresenceEntry(
                user,
                device,
                parts[1],
                parts[2],
                Long.parseLong(parts[0]),
                Long.parseLong(parts[3]),
                parts[4].equals("1"),
                parts[5]);
    }
}
