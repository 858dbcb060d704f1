package io.lastack.session;

/** What a client's frame asks for, as far as limits and statistics tell frames apart. */
public enum FrameKind {
    /** A login; a fresh token on a live connection is {@link #OTHER}. */
    LOGIN,
    DIRECT_MESSAGE,
    GROUP_MESSAGE,
    NOTIFICATION,
    REVISION,
    READ,
    /** Fetch, conversations, receipts, whom the user has blocked. */
    QUERY,
    GROUP_CHANGE,
    PRESENCE,
    ROOM_JOIN,
    ROOM_EVENT,
    SIGNAL,
    /** Confirms what was received: the less of it, the more is sent again. */
    ACK,
    PING,
    OTHER;

    /** The kind of a frame of a client that is logged in. */
    public static FrameKind of(ClientFrame frame) {
        if (frame instanceof ClientFrame.Send send) {
            return send.conversation().startsWith("group:") ? GROUP_MESSAGE : DIRECT_MESSAGE;
        }
        if (frame instanceof ClientFrame.Ack) {
            return ACK;
        }
        if (frame instanceof ClientFrame.Read || frame instanceof ClientFrame.ReadAll) {
            return READ;
        }
        if (frame instanceof ClientFrame.Fetch
                || frame instanceof ClientFrame.Conversations
                || frame instanceof ClientFrame.Receipts
                || frame instanceof ClientFrame.Blocked) {
            return QUERY;
        }
        if (frame instanceof ClientFrame.Room room) {
            return ofRoom(room.action());
        }
        return rare(frame);
    }

    private static FrameKind ofRoom(RoomAction action) {
        if (action instanceof RoomAction.Join) {
            return ROOM_JOIN;
        }
        return action instanceof RoomAction.Publish ? ROOM_EVENT : OTHER;
    }

    private static FrameKind rare(ClientFrame frame) {
        if (frame instanceof ClientFrame.Signal) {
            return SIGNAL;
        }
        if (frame instanceof ClientFrame.Notify) {
            return NOTIFICATION;
        }
        if (frame instanceof ClientFrame.Group) {
            return GROUP_CHANGE;
        }
        if (frame instanceof ClientFrame.Revise) {
            return REVISION;
        }
        if (frame instanceof ClientFrame.Presence) {
            return PRESENCE;
        }
        return frame instanceof ClientFrame.Ping ? PING : OTHER;
    }
}
