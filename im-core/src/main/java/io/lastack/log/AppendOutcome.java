package io.lastack.log;

import io.lastack.error.InvalidRequestException.Reason;

/** What became of one draft. */
public sealed interface AppendOutcome {
    /** It is in the log, for the first time. */
    record Appended(long seq, long sentAt) implements AppendOutcome {}

    /** It was in the log already, at the seq and time of its first append; nothing was stored or changed. */
    record AlreadyAppended(long seq, long sentAt) implements AppendOutcome {}

    /** It cannot be appended (no such group, group exists, dissolved, full, or without an owner then); nothing was stored or changed. */
    record Refused(Reason reason, String message) implements AppendOutcome {
        /** The group would have more members than the change allows. */
        public static Refused full(ConversationId group, int members, int maxMembers) {
            return new Refused(
                    Reason.CONFLICT,
                    group + " would have " + members + " members; at most " + maxMembers + " are allowed");
        }

        /** The group would have members and no owner. */
        public static Refused ownerless(ConversationId group) {
            return new Refused(
                    Reason.CONFLICT,
                    group + " would have members and no owner; make another member owner first, or dissolve the group");
        }
    }
}
