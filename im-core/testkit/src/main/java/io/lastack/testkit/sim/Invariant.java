package io.lastack.testkit.sim;

/** What must hold after every step of a simulation. */
public enum Invariant {
    /** A confirmed message is in the log, once, and stays. */
    CONFIRMED_MESSAGES_STAY,
    /** Seqs are 1, 2, 3 … with no gap, no message is there twice, and readers see them in order. */
    LOG_HAS_NO_GAP,
    /** No stored floor is above what that device confirmed, or began with. */
    FLOOR_WAS_CONFIRMED,
    /** Stored floors and read positions never go down. */
    POSITIONS_NEVER_FALL,
    /** An application sees each message once and in order, none left out, as it is in the log. */
    VIEW_IS_COMPLETE,
    /** When faults stop, every device has every confirmed message of its conversations, and all that was sent is settled. */
    ALL_ARRIVES,
    /** A message comes to the connection it was sent on by the reply to it, and is not delivered there before. */
    OWN_COME_BY_REPLY,
    /** Nobody is sent a message that is not theirs to see. */
    ENTITLEMENT,
    /** No more messages are unacknowledged on a connection than its window allows. */
    WINDOW,
    /** Receipts tell of what is stored, and on one connection never go back. */
    RECEIPTS_HOLD,
    /**
     * What was recalled, and the edits of it, are not in the store any more, nothing brings them back, and a node that has told
     * of the recall sends them to nobody.
     */
    RECALLED_IS_GONE,
    /**
     * What an application has made of edits, recalls, statuses of notifications, reactions and settings never goes back, and
     * becomes what the log says.
     */
    REVISIONS_CONVERGE,
    /** Counts of what is unread and of mentions are those of the log; settings and block lists are those that were set. */
    COUNTS_AND_SETTINGS_HOLD,
    /** Nothing fails but by the faults that were made: no task throws, no thread that must not block asks the store. */
    NO_FAILURE,
    /** Work ends: there is no instant at which it goes on for ever. */
    WORK_ENDS
}
