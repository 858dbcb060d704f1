package io.lastack.store.jdbc;

import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.StoredCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What an append does to the members of one locked conversation. */
final class MemberChanges {
    private final MemberTables members;
    private final AttributeTable attributes;
    private final ConversationState state;
    private final ResolvedDrafts resolved;

    MemberChanges(Connection connection, ConversationState state, ResolvedDrafts resolved) {
        this.members = new MemberTables(connection, state.id());
        this.attributes = new AttributeTable(connection, state.id());
        this.state = state;
        this.resolved = resolved;
    }

    /** The first message of a direct conversation or an inbox: those it names are its members. */
    void begin(ConversationId conversation) throws SQLException {
        List<UserId> named = conversation.kind() == ConversationId.Kind.INBOX
                ? List.of(conversation.owner())
                : List.of(conversation.first(), conversation.second());
        add(named, Role.MEMBER, 1);
    }

    void apply(Change change, UserId sender, long seq) throws SQLException {
        if (change instanceof Change.CreateGroup create) {
            state.create(create.name(), create.history());
            add(List.of(sender), Role.OWNER, seq);
            add(create.members(), Role.MEMBER, seq);
        } else if (change instanceof Change.AddMembers add) {
            add(add.users(), add.role(), seq);
        } else if (change instanceof Change.RemoveMembers remove) {
            state.addMembers(-members.remove(resolved.users(remove.users()), seq));
        } else if (change instanceof Change.SetRole set) {
            members.setRole(resolved.user(set.user()), StoredCodes.role(set.role()));
        } else if (change instanceof Change.Rename rename) {
            state.rename(rename.name());
        } else if (change instanceof Change.SetAttributes set) {
            attributes.set(set.attributes());
        } else if (change instanceof Change.SetHistory set) {
            state.show(set.history());
        } else if (change instanceof Change.TransferOwnership transfer) {
            transfer(resolved.user(transfer.from()), resolved.user(transfer.to()));
        } else if (change instanceof Change.MuteMember mute) {
            members.mute(resolved.user(mute.user()), mute.untilMillis());
        } else if (change instanceof Change.Dissolve) {
            members.removeAll(seq);
            state.dissolve();
        }
    }

    private void transfer(long from, long to) throws SQLException {
        if (members.setRole(to, StoredCodes.role(Role.OWNER))) {
            members.replaceRole(from, StoredCodes.role(Role.OWNER), StoredCodes.role(Role.ADMIN));
        }
    }

    private void add(List<UserId> users, Role role, long seq) throws SQLException {
        long first = state.history() == History.ALL ? 1 : seq;
        state.addMembers(members.add(resolved.users(users), StoredCodes.role(role), seq, first));
    }
}
