package io.lastack.session;

import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a good reply carries, by the request's name. */
public sealed interface Result {
    record Send(ConversationId conversation, long seq, long sentAt, boolean duplicate) implements Result {}

    /**
     * @param more whether there are further messages in the direction asked for
     * @param reactions who reacts to these messages, as things stand, in order of the messages
     */
    record Fetch(ConversationId conversation, List<Message> messages, boolean more, List<Reaction> reactions)
            implements Result {
        public Fetch {
            messages = List.copyOf(messages);
            reactions = List.copyOf(reactions);
        }
    }

    /** @param cursor for the next page; null at the end */
    record Conversations(
            List<Conversation> conversations, @Nullable String cursor) implements Result {
        public Conversations {
            conversations = List.copyOf(conversations);
        }
    }

    /**
     * @param mentions how many of the unread messages name the caller
     * @param leftSeq the last seq that a former member may see; 0 while a member
     * @param lastMessage the newest that the caller may see, or null
     * @param peer in a direct conversation, how far the other one is
     * @param mutedUntil before then the caller may not send here, in milliseconds since the epoch; 0 for not muted
     * @param settings how the caller wants it shown
     */
    record Conversation(
            ConversationId conversation,
            String name,
            String role,
            long lastSeq,
            long lastAck,
            long lastRead,
            long unread,
            long mentions,
            long joinedSeq,
            long leftSeq,
            @Nullable Message lastMessage,
            @Nullable Peer peer,
            long mutedUntil,
            ConversationSettings settings) {}

    record Peer(UserId user, long lastAck, long lastRead) {}

    /** The lists are empty where only the counts were asked for. */
    record Receipts(
            ConversationId conversation,
            long seq,
            List<Reader> readBy,
            List<UserId> unreadBy,
            List<Reader> deliveredTo,
            int readCount,
            int unreadCount,
            int deliveredCount)
            implements Result {
        public Receipts {
            readBy = List.copyOf(readBy);
            unreadBy = List.copyOf(unreadBy);
            deliveredTo = List.copyOf(deliveredTo);
        }
    }

    /** @param at by when the member had read or received the message; 0 if it is not known */
    record Reader(UserId user, long at) {}

    /**
     * @param seq of the log entry that the change made; 0 for a query
     * @param members filled by create and members
     * @param after for the next page of members; null at the end
     * @param info filled by info; null otherwise
     */
    record Group(
            ConversationId conversation,
            String name,
            long seq,
            List<GroupMember> members,
            @Nullable String after,
            @Nullable GroupInfo info)
            implements Result {
        public Group {
            members = List.copyOf(members);
        }

        /** Without info. */
        public Group(
                ConversationId conversation, String name, long seq, List<GroupMember> members, @Nullable String after) {
            this(conversation, name, seq, members, after, null);
        }
    }

    record GroupMember(UserId user, String role, long joinedSeq, long mutedUntil) {}

    /**
     * A group as one of its members sees it.
     *
     * @param history "join" or "all"
     * @param members how many there are
     * @param role the caller's own
     * @param mutedUntil before then the caller may not send, in milliseconds since the epoch; 0 for not muted
     */
    record GroupInfo(Map<String, String> attributes, String history, int members, String role, long mutedUntil) {}

    /**
     * A page of whom the caller has blocked.
     *
     * @param after for the next page; null at the end
     */
    record Blocked(List<UserId> users, @Nullable String after) implements Result {
        public Blocked {
            users = List.copyOf(users);
        }
    }

    record Revise(ConversationId conversation, long seq, long sentAt, boolean duplicate) implements Result {}

    record Notify(ConversationId conversation, long seq, long sentAt, boolean duplicate) implements Result {}

    record Presence(List<ServerFrame.Presence> users) implements Result {
        public Presence {
            users = List.copyOf(users);
        }
    }

    /** @param count how many users are in the room; 0 for a publish, which does not count them */
    record Room(String room, int count) implements Result {}
}
