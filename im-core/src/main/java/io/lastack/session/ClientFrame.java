package io.lastack.session;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A frame from a client, as decoded: fields hold what came, unchecked beyond their types, so that the engine can answer
 * a bad value with a clear reply. Absent strings are null where that differs from empty, absent numbers 0.
 */
public sealed interface ClientFrame {
    /** A frame that is answered by exactly one reply with the same id. */
    sealed interface Request extends ClientFrame {
        /** Chosen by the client: positive, unique per connection. 0 where the client gave none. */
        long requestId();
    }

    /** First frame of a connection, unless the handshake carried the token; later, a fresh token. */
    record Hello(
            long requestId,
            @Nullable String token,
            @Nullable String deviceId,
            List<Position> resume,
            @Nullable String client,
            @Nullable String epoch)
            implements Request {
        public Hello {
            resume = List.copyOf(resume);
        }

        @Override
        public String toString() {
            return "Hello[requestId=" + requestId + ", deviceId=" + deviceId + ", token=(hidden)]";
        }
    }

    record Send(
            long requestId,
            String conversation,
            String clientMessageId,
            String type,
            Body body,
            Map<String, String> ext,
            long replyTo,
            List<String> mentions)
            implements Request {
        public Send {
            mentions = List.copyOf(mentions);
        }
    }

    /** Positions and refusals of any number of conversations; not answered. */
    record Ack(List<Position> positions, List<Nack> nacks) implements ClientFrame {
        public Ack {
            positions = List.copyOf(positions);
            nacks = List.copyOf(nacks);
        }
    }

    record Read(long requestId, String conversation, long seq) implements Request {}

    /** A page of history: above {@code afterSeq}, or below {@code beforeSeq}; the newest page if both are 0. */
    record Fetch(long requestId, String conversation, long afterSeq, long beforeSeq, int limit) implements Request {}

    record Conversations(long requestId, @Nullable String cursor, int limit) implements Request {}

    /** @param countsOnly whether the lists of users are left out of the answer */
    record Receipts(long requestId, String conversation, long seq, boolean countsOnly) implements Request {
        public Receipts(long requestId, String conversation, long seq) {
            this(requestId, conversation, seq, false);
        }
    }

    /** Moves the caller's read position in all its conversations to their ends. */
    record ReadAll(long requestId) implements Request {}

    /** How the caller wants a conversation shown, all of it. */
    record Settings(long requestId, String conversation, long mutedUntil, boolean pinned, boolean archived)
            implements Request {}

    /** The caller blocks a user, or no longer does. */
    record Block(long requestId, String user, boolean blocked) implements Request {}

    /** A page of whom the caller has blocked. */
    record Blocked(long requestId, @Nullable String after, int limit) implements Request {}

    /** @param conversation the group; null for {@link GroupAction.Create} */
    record Group(long requestId, @Nullable String conversation, GroupAction action) implements Request {}

    record Revise(
            long requestId,
            String conversation,
            long seq,
            @Nullable String clientMessageId,
            Revision revision) implements Request {}

    /** @param seq of the notification in the user's inbox whose status changes; 0 for a new one */
    record Notify(
            long requestId,
            String user,
            @Nullable String clientMessageId,
            String type,
            String status,
            String remark,
            Map<String, String> ext,
            long seq)
            implements Request {}

    record Presence(long requestId, List<String> watch, List<String> unwatch) implements Request {
        public Presence {
            watch = List.copyOf(watch);
            unwatch = List.copyOf(unwatch);
        }
    }

    record Room(long requestId, String room, RoomAction action) implements Request {}

    /** Ephemeral, to the members online; not answered. */
    record Signal(String conversation, String event, Body payload) implements ClientFrame {}

    record Ping(long requestId) implements Request {}

    /**
     * A frame that could not be read: a field of the wrong type, none or two of the known frames, an unknown action.
     *
     * @param requestId 0 if it could not be told
     */
    record Invalid(long requestId, String message) implements Request {}

    record Position(String conversation, long seq) {}

    record Nack(String conversation, long seq, String reason) {}
}
