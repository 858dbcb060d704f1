package io.lastack.store.jdbc;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Change;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.store.jdbc.LogTables.MessageKey;
import io.lastack.store.jdbc.LogTables.NewMessage;
import io.lastack.store.jdbc.LogTables.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One append inside its transaction: locks the conversations in ascending order, recognises repeats, gives seqs in the order
 * of the list, applies changes, and writes. Seqs come from the locked row and go back to it in the same transaction, so a
 * rollback leaves no gap, and nobody sees a seq before the one below it.
 */
final class AppendTransaction {
    private final Connection connection;
    private final LogTables tables;
    private final ResolvedDrafts resolved;
    private final long sentAt;
    private final Revisions revisions;
    private final List<NewMessage> added = new ArrayList<>();

    AppendTransaction(Connection connection, LogTables tables, ResolvedDrafts resolved, long sentAt) {
        this.connection = connection;
        this.tables = tables;
        this.resolved = resolved;
        this.sentAt = sentAt;
        this.revisions = new Revisions(connection, tables, resolved);
    }

    /** @param look whether to look for repeats; otherwise they make this fail with {@link Failure#DUPLICATE} */
    List<AppendOutcome> run(boolean look) throws SQLException {
        Map<Long, ConversationState> states = tables.lock(connection, resolved.conversations());
        List<Located> located = new ArrayList<>(resolved.drafts().size());
        for (Draft draft : resolved.drafts()) {
            located.add(locate(draft, states));
        }
        Map<MessageKey, Place> known = new HashMap<>();
        if (look) {
            known.putAll(tables.probe(connection, keys(located)));
        }
        List<AppendOutcome> outcomes = new ArrayList<>(located.size());
        for (Located draft : located) {
            outcomes.add(append(draft, known));
        }
        insertAdded();
        tables.save(
                connection,
                states.values().stream().filter(ConversationState::mustBeSaved).toList());
        return outcomes;
    }

    private void insertAdded() throws SQLException {
        if (!added.isEmpty()) {
            added.sort(Comparator.comparingLong(message -> message.key().conversation()));
            tables.insert(connection, added);
            revisions.mention(added);
            added.clear();
        }
    }

    /** What a draft is about may stand before it in the list. */
    private void insertWhatIsNamed(MessageKey key, long target) throws SQLException {
        for (NewMessage message : added) {
            boolean named =
                    message.place().seq() == target || message.draft().content().revises() == target;
            if (named && message.key().conversation() == key.conversation()) {
                insertAdded();
                return;
            }
        }
    }

    private Located locate(Draft draft, Map<Long, ConversationState> states) {
        Long number = resolved.conversation(draft.conversation());
        ConversationState state = number == null ? null : states.get(number);
        return new Located(
                draft,
                state,
                state == null
                        ? null
                        : new MessageKey(state.id(), resolved.user(draft.sender()), draft.requireClientMessageId()));
    }

    private static Set<MessageKey> keys(List<Located> located) {
        Set<MessageKey> keys = new LinkedHashSet<>();
        for (Located draft : located) {
            if (draft.key() != null && draft.state() != null && draft.state().exists()) {
                keys.add(draft.key());
            }
        }
        return keys;
    }

    private AppendOutcome append(Located located, Map<MessageKey, Place> known) throws SQLException {
        Draft draft = located.draft();
        ConversationState state = located.state();
        MessageKey key = located.key();
        if (state == null || key == null) {
            return notFound(draft);
        }
        Place first = known.get(key);
        if (first != null) {
            return new AlreadyAppended(first.seq(), first.sentAt());
        }
        boolean aboutAnother = Revisions.isAboutAnother(draft.content());
        if (aboutAnother) {
            insertWhatIsNamed(key, draft.content().revises());
        }
        Refused refused = refusal(draft, state);
        if (refused != null) {
            return answered(key, state, refused);
        }
        Place place = new Place(state.takeSeq(), sentAt);
        known.put(key, place);
        if (aboutAnother) {
            revisions.apply(state, draft, place.seq());
        }
        added.add(new NewMessage(key, place, draft));
        applyTo(state, draft, place.seq());
        return new Appended(place.seq(), sentAt);
    }

    /** Repeating what was done comes before being refused: who dissolved a group may ask again whether that worked. */
    private AppendOutcome answered(MessageKey key, ConversationState state, Refused refused) throws SQLException {
        Place first = state.exists() ? tables.probe(connection, Set.of(key)).get(key) : null;
        return first == null ? refused : new AlreadyAppended(first.seq(), first.sentAt());
    }

    private @Nullable Refused refusal(Draft draft, ConversationState state) throws SQLException {
        boolean group = draft.conversation().kind() == ConversationId.Kind.GROUP;
        boolean creates = draft.change() instanceof Change.CreateGroup;
        if (state.dissolved()) {
            return new Refused(Reason.CONFLICT, draft.conversation() + " is dissolved");
        }
        if (creates && state.exists()) {
            return new Refused(Reason.CONFLICT, draft.conversation() + " exists already");
        }
        if (group && !creates && !state.exists()) {
            return notFound(draft);
        }
        Refused full = full(draft, state);
        if (full != null) {
            return full;
        }
        if (draft.change() != null && ownerless(draft.change(), state)) {
            return Refused.ownerless(draft.conversation());
        }
        int size = draft.content().payload().size();
        return size <= MessageRow.MAX_BODY
                ? revisions
                        .refusal(state, draft.conversation(), draft.content())
                        .orElse(null)
                : new Refused(
                        Reason.TOO_LARGE,
                        "the body has " + size + " bytes; this store keeps at most " + MessageRow.MAX_BODY);
    }

    private @Nullable Refused full(Draft draft, ConversationState state) throws SQLException {
        int size = 0;
        int most = Change.NO_LIMIT;
        if (draft.change() instanceof Change.CreateGroup create) {
            size = create.size(draft.sender());
            most = create.maxMembers();
        } else if (draft.change() instanceof Change.AddMembers add
                && state.members() + add.users().size() > add.maxMembers()) {
            int newcomers = new MemberTables(connection, state.id()).newcomers(resolved.users(add.users()));
            size = newcomers == 0 ? 0 : state.members() + newcomers;
            most = add.maxMembers();
        }
        return size > most ? Refused.full(draft.conversation(), size, most) : null;
    }

    private boolean ownerless(Change change, ConversationState state) throws SQLException {
        List<Long> users = resolved.users(change.owningNoMore());
        if (users.isEmpty()) {
            return false;
        }
        MemberTables members = new MemberTables(connection, state.id());
        boolean allLeave =
                change instanceof Change.RemoveMembers && state.members() == users.size() - members.newcomers(users);
        return !allLeave && members.isOwnedOnlyAmong(users);
    }

    private static Refused notFound(Draft draft) {
        return new Refused(Reason.NOT_FOUND, draft.conversation() + " does not exist");
    }

    private void applyTo(ConversationState state, Draft draft, long seq) throws SQLException {
        if (seq > 1 && draft.change() == null) {
            return;
        }
        MemberChanges changes = new MemberChanges(connection, state, resolved);
        if (seq == 1 && draft.conversation().kind() != ConversationId.Kind.GROUP) {
            changes.begin(draft.conversation());
        }
        Change change = draft.change();
        if (change != null && change.isOwn()) {
            new OwnTables(connection, resolved.user(draft.sender())).apply(change, resolved);
        } else if (change != null) {
            changes.apply(change, draft.sender(), seq);
        }
    }

    /** A draft with the locked row of its conversation and what it is known by; both null where there is no such row. */
    private record Located(
            Draft draft,
            @Nullable ConversationState state,
            @Nullable MessageKey key) {}
}
