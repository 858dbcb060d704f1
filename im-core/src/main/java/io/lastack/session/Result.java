package io.lastack.session;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import java.util.List;
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
            @Nullable Peer peer) {}

    record Peer(UserId user, long lastAck, long lastRead) {}

    record Receipts(
            ConversationId conversation, long seq, List<Reader> readBy, List<UserId> unreadBy, List<UserId> deliveredTo)
            implements Result {
        public Receipts {
            readBy = List.copyOf(readBy);
            unreadBy = List.copyOf(unreadBy);
            deliveredTo = List.copyOf(deliveredTo);
        }
    }

    record Reader(UserId user, long at) {}

    /**
     * @param seq of the log entry that the change made; 0 for a query
     * @param members filled by create and members
     * @param after for the next page of members; null at the end
     */
    record Group(
            ConversationId conversation,
            String name,
            long seq,
            List<GroupMember> members,
            @Nullable String after) implements Result {
        public Group {
            members = List.copyOf(members);
        }
    }

    record GroupMember(UserId user, String role, long joinedSeq) {}

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
