package io.lastack.log;

import io.lastack.error.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an append does besides adding a log entry: to a group, or, in a user's own inbox, to what the user has set for
 * itself. The store applies it in the transaction of the append, with the entry's seq as the place where it takes effect; a
 * repeat of the draft (same client message id) changes nothing.
 */
public sealed interface Change {
    /** At most this many users in one change; a larger group is made by several. */
    int MAX_USERS = 500;

    /** A {@code maxMembers} that bounds nothing. */
    int NO_LIMIT = Integer.MAX_VALUE;

    /** An end of a mute that never comes: 2<sup>53</sup> - 1, the largest number that every JSON parser keeps exactly. */
    long FOR_GOOD = (1L << 53) - 1;

    /**
     * The group comes to be, with the draft's sender as owner and first member (whether or not the list names it), and the
     * others as plain members. Refused as a conflict if it exists, or would have more than {@code maxMembers}.
     */
    record CreateGroup(String name, History history, List<UserId> members, int maxMembers) implements Change {
        public CreateGroup {
            requireName(name);
            members = requireUsers(members, 0);
            requireLimit(maxMembers);
        }

        /** How many members the group has then. */
        public int size(UserId owner) {
            return members.contains(owner) ? members.size() : members.size() + 1;
        }

        /** Of any size. */
        public CreateGroup(String name, History history, List<UserId> members) {
            this(name, history, members, NO_LIMIT);
        }
    }

    /**
     * The users become members from this seq on (with {@link History#ALL}: from seq 1 on). Who is a member already
     * stays as is; who left earlier starts anew: the new entitlement takes the place of the old one, and the positions
     * stay where they are, and nothing is left of a mute. Refused as a conflict, nobody being added, if the group had more
     * than {@code maxMembers} afterwards and somebody were new.
     */
    record AddMembers(List<UserId> users, Role role, int maxMembers) implements Change {
        public AddMembers {
            users = requireUsers(users, 1);
            requireLimit(maxMembers);
        }

        /** Whatever the group's size. */
        public AddMembers(List<UserId> users, Role role) {
            this(users, role, NO_LIMIT);
        }
    }

    /**
     * The users cease to be members; this entry is the last that they may see. Who is no member stays as is.
     *
     * @param keepOwner whether this is refused as a conflict, nobody being removed, if it would take the last owner of a group
     *     that has members afterwards
     */
    record RemoveMembers(List<UserId> users, boolean keepOwner) implements Change {
        public RemoveMembers {
            users = requireUsers(users, 1);
        }

        /** Whether or not an owner stays. */
        public RemoveMembers(List<UserId> users) {
            this(users, false);
        }
    }

    /** The role of a member changes. Who is no member stays as is. Refused as a conflict if it would take the last owner. */
    record SetRole(UserId user, Role role) implements Change {}

    record Rename(String name) implements Change {
        public Rename {
            requireName(name);
        }
    }

    /** All attributes of the group are these from now on, whatever they were before. */
    record SetAttributes(Map<String, String> attributes) implements Change {
        public SetAttributes {
            attributes = GroupAttributes.require(attributes);
        }
    }

    /** What members see who join from now on. Who is a member already stays as is. */
    record SetHistory(History history) implements Change {}

    /** {@code to} becomes an owner and {@code from}, if an owner, an admin; nothing changes unless {@code to} is a member. */
    record TransferOwnership(UserId from, UserId to) implements Change {
        public TransferOwnership {
            if (from.equals(to)) {
                throw new InvalidRequestException(
                        "ownership goes from " + from + " to another member; both are the same");
            }
        }
    }

    /**
     * Until then the member may not send. Stores keep it, engines hold to it. Who is no member stays as is.
     *
     * @param untilMillis milliseconds since the epoch; 0 ends a mute, {@link #FOR_GOOD} sets no end
     */
    record MuteMember(UserId user, long untilMillis) implements Change {
        public MuteMember {
            requireTime("untilMillis", untilMillis);
        }
    }

    /** All members leave, and the group takes no further appends. */
    record Dissolve() implements Change {}

    /**
     * How the owner of the inbox wants a conversation shown, from now on. Kept whether or not the user belongs to the
     * conversation, or it exists.
     */
    record SetConversation(ConversationId of, ConversationSettings settings) implements Change {}

    /** The owner of the inbox blocks a user, or no longer does. Stores keep it, engines hold to it. */
    record Block(UserId user, boolean blocked) implements Change {}

    /** Members of whom this is refused if they are all the owners that a group has, and it has members afterwards. */
    default List<UserId> owningNoMore() {
        if (this instanceof RemoveMembers remove && remove.keepOwner()) {
            return remove.users();
        }
        return this instanceof SetRole set && set.role() != Role.OWNER ? List.of(set.user()) : List.of();
    }

    /** Whether this is a change of what a user has set for itself, and not of a group. */
    default boolean isOwn() {
        return this instanceof SetConversation || this instanceof Block;
    }

    /** What a member may do. An owner may do everything, an admin all but touching owners and dissolving. */
    enum Role {
        OWNER,
        ADMIN,
        MEMBER
    }

    /** What a new member of a group sees. */
    enum History {
        /** The log from the entry that added the member. */
        FROM_JOIN,
        /** The whole log. */
        ALL
    }

    private static void requireName(String name) {
        if (name.isBlank() || name.length() > 128) {
            throw new InvalidRequestException(
                    "group name has " + name.length() + " characters; 1 to 128, not all blank, are allowed");
        }
        TextRules.requireStorable("group name", name, false);
    }

    private static void requireLimit(int maxMembers) {
        if (maxMembers < 1) {
            throw new InvalidRequestException("maxMembers is " + maxMembers + "; 1 or more is allowed");
        }
    }

    /** A point in time that every codec keeps: 0 to {@link #FOR_GOOD}. */
    static void requireTime(String what, long millis) {
        if (millis < 0 || millis > FOR_GOOD) {
            throw new InvalidRequestException(what + " is " + millis + "; 0 to " + FOR_GOOD + " are allowed");
        }
    }

    private static List<UserId> requireUsers(List<UserId> users, int atLeast) {
        if (users.size() < atLeast || users.size() > MAX_USERS) {
            throw new InvalidRequestException("the change names " + users.size() + " users; " + atLeast + " to "
                    + MAX_USERS + " are allowed at once");
        }
        if (Set.copyOf(users).size() != users.size()) {
            throw new InvalidRequestException("the change names a user twice");
        }
        return List.copyOf(users);
    }
}
