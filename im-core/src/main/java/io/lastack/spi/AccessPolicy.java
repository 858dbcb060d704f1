package io.lastack.spi;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;

/**
 * The host's say in who may do what, asked after the engine's own rules (members only) have passed; it can forbid what they
 * allow, and allow nothing that they forbid. Each question comes with the user's roles and permissions as the token of the
 * connection tells them. Called on the path of every send: answer from memory. The default allows everything that those
 * rules allow.
 */
public interface AccessPolicy {
    /** Everything that the engine's own rules allow. */
    AccessPolicy MEMBERS = new AccessPolicy() {};

    /** Whether the user may send into the conversation (a direct one may not exist yet). */
    default boolean maySend(UserContext user, ConversationId conversation) {
        return true;
    }

    /**
     * Whether the user may look into the conversation's past, by asking for pages of its log or for receipts. Messages that
     * the user's devices have not acknowledged are delivered in any case.
     */
    default boolean mayReadHistory(UserContext user, ConversationId conversation) {
        return true;
    }

    /** Whether the user may create groups. */
    default boolean mayCreateGroup(UserContext user) {
        return true;
    }

    /** Whether the user may add the other one to a group. */
    default boolean mayAdd(UserContext user, ConversationId group, UserId added) {
        return true;
    }

    /** Whether the user may join the room. Asked at each join. */
    default boolean mayJoinRoom(UserContext user, String room) {
        return true;
    }

    /** Whether the user may put a notification into the other one's inbox. */
    default boolean mayNotify(UserContext user, UserId receiver) {
        return true;
    }

    /**
     * Whether the user may recall, edit or react to a message.
     *
     * @param revision of kind {@code recall}, {@code edit} or {@code reaction}: what would be appended
     */
    default boolean mayRevise(UserContext user, Message message, Content revision) {
        return true;
    }

    /** Whether the user, who sent or received the notification, may give it this status. */
    default boolean mayUpdateStatus(UserContext user, Message notification, String status) {
        return true;
    }

    /**
     * Whether the user may learn how far this member of the conversation has received and read. Asked for every receipt
     * before it is pushed or told; the member's own devices hear of its reading in any case. A member who is hidden is in
     * none of the lists of who has read a message and who has not, and in none of the counts.
     */
    default boolean maySeeReceipts(UserContext user, ConversationId conversation, UserId member) {
        return true;
    }
}
