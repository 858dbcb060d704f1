package io.lastack.memory;

import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.ConversationInfo;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One conversation: its log, and everybody who belongs or belonged to it. */
final class Conversation {
    private final ConversationId id;
    private final Consumer<Membership> onNew;
    private final Entries entries = new Entries();
    private final NavigableMap<UserId, Membership> memberships = new TreeMap<>();
    private String name = "";
    private History history = History.ALL;
    private Map<String, String> attributes = Map.of();
    private int members;
    private boolean dissolved;

    /** @param onNew told of each user who belongs here for the first time */
    Conversation(ConversationId id, Consumer<Membership> onNew) {
        this.id = id;
        this.onNew = onNew;
    }

    ConversationId id() {
        return id;
    }

    Entries entries() {
        return entries;
    }

    String name() {
        return name;
    }

    boolean dissolved() {
        return dissolved;
    }

    /** Everybody who belongs or belonged here, in ascending order. */
    NavigableMap<UserId, Membership> memberships() {
        return memberships;
    }

    @Nullable
    Membership membership(UserId user) {
        return memberships.get(user);
    }

    ConversationInfo info() {
        return new ConversationInfo(id, name, history, entries.head(), members, dissolved, attributes);
    }

    /** For those whom the name of the conversation makes members. */
    void joinByName(UserId user) {
        join(user, Role.MEMBER, 1);
    }

    /** @param seq of the entry that carries the change */
    void apply(Change change, UserId sender, long seq) {
        if (change instanceof Change.CreateGroup create) {
            name = create.name();
            history = create.history();
            join(sender, Role.OWNER, seq);
            create.members().forEach(user -> join(user, Role.MEMBER, seq));
        } else if (change instanceof Change.AddMembers add) {
            add.users().forEach(user -> join(user, add.role(), seq));
        } else if (change instanceof Change.RemoveMembers remove) {
            remove.users().forEach(user -> leave(user, seq));
        } else if (change instanceof Change.SetRole set) {
            current(set.user()).ifPresent(member -> member.setRole(set.role()));
        } else if (change instanceof Change.Rename rename) {
            name = rename.name();
        } else if (change instanceof Change.SetAttributes set) {
            attributes = set.attributes();
        } else if (change instanceof Change.SetHistory set) {
            history = set.history();
        } else if (change instanceof Change.TransferOwnership transfer) {
            current(transfer.to()).ifPresent(to -> transfer(transfer.from(), to));
        } else if (change instanceof Change.MuteMember mute) {
            current(mute.user()).ifPresent(member -> member.mute(mute.untilMillis()));
        } else if (change instanceof Change.Dissolve) {
            memberships.keySet().forEach(user -> leave(user, seq));
            dissolved = true;
        }
    }

    private void join(UserId user, Role role, long seq) {
        long firstSeq = history == History.ALL ? 1 : seq;
        Membership membership = memberships.get(user);
        if (membership == null) {
            Membership created = new Membership(this, user, role, seq, firstSeq);
            memberships.put(user, created);
            onNew.accept(created);
            members++;
        } else if (!membership.current()) {
            membership.rejoin(role, seq, firstSeq);
            members++;
        }
    }

    /** As if the user had never belonged here. */
    void remove(UserId user) {
        Membership removed = memberships.remove(user);
        if (removed != null && removed.current()) {
            members--;
        }
    }

    private void leave(UserId user, long seq) {
        Membership membership = memberships.get(user);
        if (membership != null && membership.current()) {
            membership.leave(seq);
            members--;
        }
    }

    private void transfer(UserId from, Membership to) {
        to.setRole(Role.OWNER);
        current(from).filter(member -> member.role() == Role.OWNER).ifPresent(member -> member.setRole(Role.ADMIN));
    }

    private Optional<Membership> current(UserId user) {
        return Optional.ofNullable(memberships.get(user)).filter(Membership::current);
    }

    /** How many of the users are no current members. */
    int newcomers(Collection<UserId> users) {
        return (int) users.stream().filter(user -> current(user).isEmpty()).count();
    }

    /** Whether there are owners, and all of them are among the users. */
    boolean isOwnedOnlyAmong(Collection<UserId> users) {
        return users.stream().anyMatch(this::isOwner)
                && memberships.keySet().stream().filter(this::isOwner).allMatch(users::contains);
    }

    private boolean isOwner(UserId user) {
        return current(user).filter(member -> member.role() == Role.OWNER).isPresent();
    }

    int members() {
        return members;
    }
}
