package io.lastack.internal.group;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.Member;
import io.lastack.spi.Memberships;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may change what in a group. Blocks: asks the store. */
final class GroupRules {
    private final Memberships memberships;
    private final AccessPolicy policy;

    GroupRules(Memberships memberships, AccessPolicy policy) {
        this.memberships = memberships;
        this.policy = policy;
    }

    void mayCreate(GroupActor actor, List<UserId> members, ConversationId group) {
        if (actor.context() != null && !policy.mayCreateGroup(actor.context())) {
            throw forbidden("this user may not create groups");
        }
        requireAddable(actor, members, group);
    }

    void mayAdd(GroupActor actor, ConversationId group, List<UserId> users) {
        requireAtLeast(Role.ADMIN, actor, group, "add members");
        requireAddable(actor, users, group);
    }

    void mayRename(GroupActor actor, ConversationId group) {
        requireAtLeast(Role.ADMIN, actor, group, "rename the group");
    }

    void mayRemove(GroupActor actor, ConversationId group, List<UserId> users) {
        Role own = requireAtLeast(Role.ADMIN, actor, group, "remove members");
        for (Member member : memberships.members(group, users)) {
            if (own != Role.OWNER && member.role() != Role.MEMBER) {
                throw forbidden("an admin may not remove " + member.user() + ", who is " + lower(member.role()));
            }
        }
    }

    /** The last owner leaves only as the last member: otherwise nobody could look after the group. */
    void mayLeave(GroupActor actor, ConversationId group) {
        Role own = roles(group, List.of(actor.user())).get(actor.user());
        if (own == null) {
            throw notFound(group);
        }
        if (own != Role.OWNER) {
            return;
        }
        if (isOnlyOwner(group, actor.user())
                && memberships.members(group, null, 2).size() > 1) {
            throw new InvalidRequestException(
                    Reason.CONFLICT,
                    "the only owner may not leave; make another member owner first, or dissolve the group");
        }
    }

    void maySetRole(GroupActor actor, ConversationId group, UserId user, Role role) {
        requireAtLeast(Role.OWNER, actor, group, "set roles");
        requireMember(group, user);
        if (role != Role.OWNER && user.equals(actor.user()) && isOnlyOwner(group, user)) {
            throw new InvalidRequestException(
                    Reason.CONFLICT, "the only owner may not give the role up; make another member owner first");
        }
    }

    void maySetAttributes(GroupActor actor, ConversationId group) {
        requireAtLeast(Role.ADMIN, actor, group, "set attributes");
    }

    void maySetHistory(GroupActor actor, ConversationId group) {
        requireAtLeast(Role.OWNER, actor, group, "change the history that new members see");
    }

    void mayTransfer(GroupActor actor, ConversationId group, UserId to) {
        requireAtLeast(Role.OWNER, actor, group, "transfer the ownership");
        requireMember(group, to);
    }

    void mayMute(GroupActor actor, ConversationId group, UserId user) {
        Role own = requireAtLeast(Role.ADMIN, actor, group, "mute members");
        Role muted = requireMember(group, user);
        if (own != Role.OWNER && muted != Role.MEMBER) {
            throw forbidden("an admin may not mute " + user + ", who is " + lower(muted));
        }
    }

    private Role requireMember(ConversationId group, UserId user) {
        Role role = roles(group, List.of(user)).get(user);
        if (role == null) {
            throw new InvalidRequestException(Reason.NOT_FOUND, user + " is not a member of " + group);
        }
        return role;
    }

    private boolean isOnlyOwner(ConversationId group, UserId user) {
        return memberships.owners(group, 2).equals(List.of(user));
    }

    void mayDissolve(GroupActor actor, ConversationId group) {
        requireAtLeast(Role.OWNER, actor, group, "dissolve the group");
    }

    void mayList(GroupActor actor, ConversationId group) {
        requireAtLeast(Role.MEMBER, actor, group, "list members");
    }

    private Role requireAtLeast(Role least, GroupActor actor, ConversationId group, String what) {
        if (actor.context() == null) {
            return Role.OWNER;
        }
        Role own = roles(group, List.of(actor.user())).get(actor.user());
        if (own == null) {
            throw notFound(group);
        }
        if (own.compareTo(least) > 0) {
            throw forbidden("a " + lower(own) + " may not " + what + "; " + lower(least) + " or higher is required");
        }
        return own;
    }

    /** Whoever has blocked the actor is refused in the same words as by the policy: the block is not told. */
    private void requireAddable(GroupActor actor, List<UserId> users, ConversationId group) {
        if (actor.context() == null) {
            return;
        }
        Set<UserId> blocking = memberships.blocking(users, actor.user());
        for (UserId user : users) {
            if (blocking.contains(user) || !policy.mayAdd(actor.context(), group, user)) {
                throw forbidden(user + " may not be added");
            }
        }
    }

    private Map<UserId, Role> roles(ConversationId group, Collection<UserId> users) {
        return memberships.members(group, users).stream().collect(Collectors.toMap(Member::user, Member::role));
    }

    /** The same answer whether the group does not exist or the user is no member: existence is not told to strangers. */
    static InvalidRequestException notFound(ConversationId group) {
        return new InvalidRequestException(Reason.NOT_FOUND, group + " does not exist, or this user is not a member");
    }

    private static InvalidRequestException forbidden(String message) {
        return new InvalidRequestException(Reason.FORBIDDEN, message);
    }

    private static String lower(Role role) {
        return role.name().toLowerCase(java.util.Locale.ROOT);
    }
}
