package io.lastack.internal.request;

import io.lastack.internal.room.Rooms;
import io.lastack.internal.session.ClientSession;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.RoomAction;

/** Requests about rooms. */
public final class RoomRequests {
    private final Rooms rooms;

    public RoomRequests(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Joins, leaves or counts. Blocks. */
    Result handle(ClientSession session, ClientFrame.Room frame) {
        String room = frame.room();
        int count;
        if (frame.action() instanceof RoomAction.Join) {
            count = rooms.join(session, room);
        } else if (frame.action() instanceof RoomAction.Leave) {
            count = rooms.leave(session, room);
        } else {
            count = rooms.count(room);
        }
        return new Result.Room(room, count);
    }

    void publish(ClientSession session, String room, RoomAction.Publish said) {
        rooms.publish(session, room, said.event(), said.payload());
    }
}
