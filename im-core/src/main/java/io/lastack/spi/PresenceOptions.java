package io.lastack.spi;

import java.time.Duration;

/**
 * How presence and rooms behave.
 *
 * @param awayAfter a user who has done nothing for so long counts as away
 * @param offlineGrace how long a user has to be gone before the watchers are told
 * @param collect for how long changes are gathered before watchers are told of them: each watcher hears of each user at most
 *     once in this time
 * @param maxWatched how many users one connection may watch
 * @param maxRooms in how many rooms one connection may be
 * @param maxRoomMembers how many users may be in one room
 * @param maxRoomPayload the largest payload of an event in a room, in bytes; at most half of {@link Bus#MAX_SIGNAL_BYTES}
 */
public record PresenceOptions(
        Duration awayAfter,
        Duration offlineGrace,
        Duration collect,
        int maxWatched,
        int maxRooms,
        int maxRoomMembers,
        int maxRoomPayload) {
    private static final PresenceOptions DEFAULTS = new PresenceOptions(
            Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofMillis(250), 1_000, 50, 10_000, 16 << 10);

    public PresenceOptions {
        if (awayAfter.toMillis() < 1 || offlineGrace.isNegative() || collect.toMillis() < 1) {
            throw new IllegalArgumentException("awayAfter " + awayAfter + ", offlineGrace " + offlineGrace
                    + " and collect " + collect + " are not allowed; 1 ms or more, 0 or more, and 1 ms or more are");
        }
        if (maxWatched < 0 || maxRooms < 0 || maxRoomMembers < 0) {
            throw new IllegalArgumentException("maxWatched " + maxWatched + ", maxRooms " + maxRooms
                    + " and maxRoomMembers " + maxRoomMembers + " must not be negative");
        }
        if (maxRoomPayload < 0 || maxRoomPayload > Bus.MAX_SIGNAL_BYTES / 2) {
            throw new IllegalArgumentException(
                    "maxRoomPayload " + maxRoomPayload + " is not allowed; 0 to " + Bus.MAX_SIGNAL_BYTES / 2 + " are");
        }
    }

    public static PresenceOptions defaults() {
        return DEFAULTS;
    }

    public PresenceOptions withAwayAfter(Duration time) {
        return new PresenceOptions(time, offlineGrace, collect, maxWatched, maxRooms, maxRoomMembers, maxRoomPayload);
    }

    public PresenceOptions withOfflineGrace(Duration time) {
        return new PresenceOptions(awayAfter, time, collect, maxWatched, maxRooms, maxRoomMembers, maxRoomPayload);
    }

    public PresenceOptions withMaxWatched(int users) {
        return new PresenceOptions(awayAfter, offlineGrace, collect, users, maxRooms, maxRoomMembers, maxRoomPayload);
    }

    public PresenceOptions withRooms(int rooms, int members, int payloadBytes) {
        return new PresenceOptions(awayAfter, offlineGrace, collect, maxWatched, rooms, members, payloadBytes);
    }
}
