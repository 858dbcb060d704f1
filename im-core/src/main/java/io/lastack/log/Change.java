package io.lastack.log;

import io.lastack.error.InvalidRequestException;
import java.util.List;
import java.util.Set;

/**
 * What an append does to a group besides adding a log entry. The store applies it in the transaction of the append, with
 * the entry's seq as the place where it takes effect; a repeat of the draft (same client message id) changes nothing.
 */
public sealed interface Change {
    /** At most this many users in one change; a larger group is made by several. */
    int MAX_USERS = 500;

    /**
     * The group comes to be, with the draft's sender as owner and first member (whether or not the list names it), and the
     * others as plain members. Refused as a conflict if it exists.
     */
    record CreateGroup(String name, History history, List<UserId> members) implements Change {
        public CreateGroup {
            requireName(name);
            members = requireUsers(members, 0);
        }
    }

    /**
     * The users become members from this seq on (with {@link History#ALL}: from seq 1 on). Who is a member already
     * stays as is; who left earlier starts anew: the new entitlement takes the place of the old one, and the positions
     * stay where they are.
     */
    record AddMembers(List<UserId> users, Role role) implements Change {
        public AddMembers {
            users = requireUsers(users, 1);
        }
    }

    /** The users cease to be members; this entry is the last that they may see. Who is no member stays as is. */
    record RemoveMembers(List<UserId> users) implements Change {
        public RemoveMembers {
            users = requireUsers(users, 1);
        }
    }

    /** The role of a member changes. Who is no member stays as is. */
    record SetRole(UserId user, Role role) implements Change {}

    record Rename(String name) implements Change {
        public Rename {
            requireName(name);
        }
    }

    /** All members leave, and the group takes no further appends. */
    record Dissolve() implements Change {}

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
