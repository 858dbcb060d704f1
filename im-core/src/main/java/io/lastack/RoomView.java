package io.lastack;

import io.lastack.internal.room.Rooms;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import java.util.List;

/**
 * Rooms: whoever is in one gets what is said there, at most once, and nothing of it is kept. A room exists while somebody is
 * in it. Room ids are 1 to 64 of {@code A-Z a-z 0-9 . _ @ + -}.
 */
public final class RoomView {
    private final Rooms rooms;

    RoomView(Rooms rooms) {
        this.rooms = rooms;
    }

    /**
     * Says something to everybody in a room, on all nodes. Returns at once.
     *
     * @param event 1 to 64 characters
     * @throws io.lastack.error.InvalidRequestException if the room, the event or the payload is not allowed
     */
    public void publish(UserId sender, String room, String event, Body payload) {
        rooms.publish(sender, room, event, payload);
    }

    /**
     * Says something to everybody who is online, on all nodes: an event of the room {@code *}, which nobody joins. Whoever is
     * offline misses it; {@link Notifications#sendToOnline} and {@link Notifications#send} keep what they send. Returns at
     * once.
     */
    public void broadcast(UserId sender, String event, Body payload) {
        rooms.broadcast(sender, event, payload);
    }

    /** Who is in a room, on all nodes, in ascending order. May block. */
    public List<UserId> members(String room) {
        return rooms.members(room);
    }

    /** How many users are in a room, on all nodes. May block. */
    public int count(String room) {
        return rooms.count(room);
    }
}
