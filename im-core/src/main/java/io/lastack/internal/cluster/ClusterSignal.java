package io.lastack.internal.cluster;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one node tells others. */
public sealed interface ClusterSignal {
    /**
     * Entries were appended and committed.
     *
     * @param epoch of the log they are in; empty if the sender does not know it
     */
    record Appended(String epoch, List<Entry> entries) implements ClusterSignal {
        public Appended {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One entry, in the order in which its node appended it.
     *
     * @param message null if it is too large to travel along
     */
    record Entry(
            ConversationId conversation, long seq, @Nullable Message message, Affected affected) {}

    /** Whose memberships an entry changes: those of some users, or of all members. */
    record Affected(boolean everybody, List<UserId> users) {
        public static final Affected NOBODY = new Affected(false, List.of());
        public static final Affected EVERYBODY = new Affected(true, List.of());

        public Affected {
            users = List.copyOf(users);
        }
    }

    /** Users became members: for nodes where nobody watches the conversation yet. */
    record Joined(ConversationId conversation, List<UserId> users) implements ClusterSignal {
        public Joined {
            users = List.copyOf(users);
        }
    }

    /** Positions moved, and are stored. */
    record Moved(List<Move> moves) implements ClusterSignal {
        public Moved {
            moves = List.copyOf(moves);
        }
    }

    /** @param read whether it is the read position; else an acknowledgement of one of the user's devices */
    record Move(ConversationId conversation, UserId user, long from, long to, boolean read) {}

    /** Something for the members online, not kept. */
    record Ephemeral(ConversationId conversation, String event, Body payload, UserId sender) implements ClusterSignal {}

    /** Something for who is in a room, not kept. The room {@code *} is everybody online. */
    record InRoom(String room, String event, Body payload, UserId sender, long sentAt) implements ClusterSignal {}

    /** A device is connected by this session; an older one of it ends. */
    record Claimed(UserId user, DeviceId device, long since, String session) implements ClusterSignal {}

    /** All connections of a user are to end. */
    record Disconnect(UserId user, String reason) implements ClusterSignal {}

    /**
     * Tokens of a user that were issued before a time are not good any more.
     *
     * @param device only for this one; null for all of them
     */
    record Revoked(UserId user, @Nullable DeviceId device, long before) implements ClusterSignal {}

    /** Where these users are online has changed. */
    record Presence(List<UserId> users) implements ClusterSignal {
        public Presence {
            users = List.copyOf(users);
        }
    }

    /**
     * A node is there.
     *
     * @param epoch see {@link Appended}
     * @param heads what it appended last
     */
    record Heartbeat(String epoch, List<Head> heads) implements ClusterSignal {
        public Heartbeat {
            heads = List.copyOf(heads);
        }
    }

    /** The log of a conversation reaches up to {@code seq}. */
    record Head(ConversationId conversation, long seq) {}

    /** A node leaves in good order. */
    record Goodbye() implements ClusterSignal {}
}
