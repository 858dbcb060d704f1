package io.lastack.session;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame to a client. */
public sealed interface ServerFrame {
    /**
     * After a good hello.
     *
     * @param serverTime milliseconds since the epoch
     * @param window how many messages may be unacknowledged on this connection
     * @param resumed whether the positions that the client stated (or the server had stored) hold: false when the epoch
     *     differs from the client's, which must then drop its positions
     * @param epoch the identity of the stored log
     */
    record Welcome(
            String sessionId,
            String user,
            String deviceId,
            long serverTime,
            long heartbeatMillis,
            int window,
            Limits limits,
            boolean resumed,
            String epoch)
            implements ServerFrame {}

    record Reply(long requestId, Status status, @Nullable Result result) implements ServerFrame {}

    /** Messages of one conversation, in order of seq. */
    record Deliver(ConversationId conversation, List<Message> messages) implements ServerFrame {
        public Deliver {
            messages = List.copyOf(messages);
        }
    }

    /** The messages from {@code fromSeq} to {@code toSeq} will not come; the client counts them as had. */
    record Skipped(ConversationId conversation, long fromSeq, long toSeq, String reason) implements ServerFrame {}

    /** How far somebody has received and read; 0 for "not said". */
    record Receipt(ConversationId conversation, UserId user, long lastAck, long lastRead) implements ServerFrame {}

    /**
     * Where a user is.
     *
     * @param lastActivity when the user last did something, in milliseconds since the epoch; 0 if that is not known
     * @param away online, but has done nothing for a while
     */
    record Presence(UserId user, boolean online, List<String> devices, long lastActivity, boolean away)
            implements ServerFrame {
        public Presence {
            devices = List.copyOf(devices);
        }

        /** Of a user who is not away. */
        public Presence(UserId user, boolean online, List<String> devices, long lastActivity) {
            this(user, online, devices, lastActivity, false);
        }
    }

    record RoomEvent(String room, String event, Body payload, UserId sender, long sentAt) implements ServerFrame {}

    record Signal(ConversationId conversation, String event, Body payload, UserId sender) implements ServerFrame {}

    /**
     * Somebody's membership changed.
     *
     * @param change joined, left, removed, role, muted
     * @param leftSeq 0 while a member
     * @param mutedUntil before then the user may not send, in milliseconds since the epoch; 0 for not muted
     */
    record Membership(
            ConversationId conversation,
            UserId user,
            String change,
            String role,
            long joinedSeq,
            long leftSeq,
            long mutedUntil)
            implements ServerFrame {}

    record GoAway(String reason, long reconnectAfterMillis) implements ServerFrame {}

    /**
     * The client's token ends soon: a fresh one in hello, over this connection, prevents that it is closed then. Told once for
     * each token.
     */
    record TokenExpiring(long inMillis) implements ServerFrame {}

    /** About a frame that could not be tied to a request. */
    record Error(Status status) implements ServerFrame {}

    /**
     * What the server accepts.
     *
     * @param maxPacketBytes of one WebSocket message
     * @param maxBodyBytes of one message's body
     * @param maxFetch messages in one fetch
     */
    record Limits(int maxPacketBytes, int maxBodyBytes, int maxFetch) {}
}
