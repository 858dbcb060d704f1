package io.lastack.spi;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.List;

/**
 * Hears of messages that no device of a member has acknowledged for a while, whether the member seems to be online or not:
 * the place from which to send push notifications. Of each message and member it hears once at the most, from one of all
 * engines over the store; a message is passed over if the engine dies after it has taken it up and before it told. An
 * exception is logged and otherwise ignored.
 *
 * <p>Called on a thread for blocking work, for one conversation after another: what takes long is best handed on.
 */
@FunctionalInterface
public interface UndeliveredListener {
    /** @param members of one conversation, in no particular order; not empty */
    void undelivered(List<Undelivered> members);

    /**
     * What has not reached one member of one conversation, all that came due together. Messages and notifications count, and
     * not the member's own.
     *
     * @param fromSeq the first of them
     * @param throughSeq the last of them; not everything in between need be among them
     * @param unread how many messages of the conversation the member has not read, later ones included: for the badge. Exact
     *     up to 1,000, above that not less than there are
     */
    record Undelivered(UserId user, ConversationId conversation, long fromSeq, long throughSeq, long unread) {}
}
