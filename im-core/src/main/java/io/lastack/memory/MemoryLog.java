package io.lastack.memory;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Change;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.MessageLog;
import io.lastack.spi.RevisionRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The logs of a {@link MemoryStore}. */
final class MemoryLog implements MessageLog {
    private final State state;

    MemoryLog(State state) {
        this.state = state;
    }

    @Override
    public String epoch() {
        synchronized (state) {
            return state.epoch();
        }
    }

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("an append of 0 drafts is not allowed; 1 or more is");
        }
        List<Draft> checked = List.copyOf(drafts);
        // Whatever can fail fails here, before anything is changed: the list is applied as a whole or not at all.
        checked.forEach(Draft::requireClientMessageId);
        List<AppendOutcome> outcomes = new ArrayList<>(checked.size());
        synchronized (state) {
            for (Draft draft : checked) {
                outcomes.add(append(draft, sentAt));
            }
        }
        return List.copyOf(outcomes);
    }

    private AppendOutcome append(Draft draft, long sentAt) {
        Conversation conversation = state.find(draft.conversation());
        Message first = conversation == null ? null : conversation.entries().first(draft);
        if (first != null) {
            return new AppendOutcome.AlreadyAppended(first.seq(), first.sentAt());
        }
        AppendOutcome refused = refusal(draft, conversation);
        if (refused != null) {
            return refused;
        }
        Conversation target = conversation == null ? state.create(draft) : conversation;
        Message message = target.entries().append(draft, sentAt);
        Change change = draft.change();
        if (change != null && change.isOwn()) {
            state.own(draft.sender()).apply(change);
        } else if (change != null) {
            target.apply(change, draft.sender(), message.seq());
        }
        return new AppendOutcome.Appended(message.seq(), sentAt);
    }

    private static @Nullable AppendOutcome refusal(Draft draft, @Nullable Conversation conversation) {
        ConversationId id = draft.conversation();
        boolean creates = draft.change() instanceof Change.CreateGroup;
        if (conversation == null) {
            return (id.kind() == ConversationId.Kind.GROUP && !creates)
                            || draft.content().isRevision()
                    ? new AppendOutcome.Refused(Reason.NOT_FOUND, id + " does not exist")
                    : tooLarge(draft);
        }
        if (conversation.dissolved()) {
            return new AppendOutcome.Refused(Reason.CONFLICT, id + " is dissolved");
        }
        if (creates) {
            return new AppendOutcome.Refused(Reason.CONFLICT, id + " exists already");
        }
        if (draft.change() instanceof Change.AddMembers add) {
            return overfull(conversation, add);
        }
        if (draft.change() != null && ownerless(conversation, draft.change())) {
            return AppendOutcome.Refused.ownerless(id);
        }
        if (!draft.content().isRevision()) {
            return null;
        }
        Message target = conversation.entries().find(draft.content().revises());
        return RevisionRules.refusal(id, draft.content(), target == null ? null : target.content())
                .orElse(null);
    }

    private static @Nullable AppendOutcome tooLarge(Draft draft) {
        if (!(draft.change() instanceof Change.CreateGroup create)) {
            return null;
        }
        int size = create.size(draft.sender());
        return size > create.maxMembers()
                ? AppendOutcome.Refused.full(draft.conversation(), size, create.maxMembers())
                : null;
    }

    private static @Nullable AppendOutcome overfull(Conversation group, Change.AddMembers add) {
        int newcomers = group.newcomers(add.users());
        int size = group.members() + newcomers;
        return newcomers > 0 && size > add.maxMembers()
                ? AppendOutcome.Refused.full(group.id(), size, add.maxMembers())
                : null;
    }

    private static boolean ownerless(Conversation group, Change change) {
        List<UserId> users = change.owningNoMore();
        boolean allLeave =
                change instanceof Change.RemoveMembers && group.members() == users.size() - group.newcomers(users);
        return !users.isEmpty() && !allLeave && group.isOwnedOnlyAmong(users);
    }

    @Override
    public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
        Bounds.atLeastOne("limit", limit);
        synchronized (state) {
            Conversation found = state.find(conversation);
            return found == null ? List.of() : found.entries().reactions(targets, limit);
        }
    }

    @Override
    public List<LogPage> read(List<LogQuery> queries) {
        synchronized (state) {
            return queries.stream().map(this::page).toList();
        }
    }

    private LogPage page(LogQuery query) {
        Conversation conversation = state.find(query.conversation());
        if (conversation == null) {
            return new LogPage(query.conversation(), List.of(), 0);
        }
        Entries entries = conversation.entries();
        return new LogPage(
                query.conversation(), entries.slice(query.range(), query.maxBytes()), entries.trimmedThrough());
    }

    @Override
    public Map<ConversationId, Long> heads(Collection<ConversationId> conversations) {
        Map<ConversationId, Long> heads = new HashMap<>();
        synchronized (state) {
            for (ConversationId id : conversations) {
                Conversation conversation = state.find(id);
                if (conversation != null) {
                    heads.put(id, conversation.entries().head());
                }
            }
        }
        return Map.copyOf(heads);
    }
}
