package io.lastack.store.jdbc;

import io.lastack.log.Change;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.store.jdbc.LogTables.MessageKey;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The drafts of one append with the numbers of everything they name. */
final class ResolvedDrafts {
    private final List<Draft> drafts;
    private final Map<String, Long> conversations;
    private final Map<String, Long> users;
    private final SortedMap<Long, Integer> counts;

    private ResolvedDrafts(List<Draft> drafts, Map<String, Long> conversations, Map<String, Long> users) {
        this.drafts = drafts;
        this.conversations = conversations;
        this.users = users;
        this.counts = counts(drafts, conversations);
    }

    /** Numbers what the drafts name; what cannot come to be by them (a group that nobody creates) stays without a number. */
    static ResolvedDrafts of(List<Draft> drafts, NumberedNames conversations, NumberedNames users) {
        Set<String> mayBegin = new HashSet<>();
        Set<String> mustExist = new HashSet<>();
        Set<String> people = new HashSet<>();
        for (Draft draft : drafts) {
            boolean begins = draft.conversation().kind() != ConversationId.Kind.GROUP
                    || draft.change() instanceof Change.CreateGroup;
            (begins ? mayBegin : mustExist).add(draft.conversation().value());
            addUsers(draft, people);
            if (draft.change() instanceof Change.SetConversation set) {
                // A number says nothing about existence.
                mayBegin.add(set.of().value());
            }
        }
        mustExist.removeAll(mayBegin);
        Map<String, Long> numbers = conversations.findOrAdd(mayBegin);
        numbers.putAll(conversations.find(mustExist));
        return new ResolvedDrafts(drafts, numbers, users.findOrAdd(people));
    }

    private static void addUsers(Draft draft, Set<String> people) {
        people.add(draft.sender().value());
        draft.content().mentions().forEach(user -> people.add(user.value()));
        ConversationId conversation = draft.conversation();
        switch (conversation.kind()) {
            case DIRECT -> {
                people.add(conversation.first().value());
                people.add(conversation.second().value());
            }
            case INBOX -> people.add(conversation.owner().value());
            case GROUP -> {
                // Its members have numbers already.
            }
        }
        addUsers(draft.change(), people);
    }

    private static void addUsers(@Nullable Change change, Set<String> people) {
        if (change instanceof Change.CreateGroup create) {
            create.members().forEach(user -> people.add(user.value()));
        } else if (change instanceof Change.AddMembers add) {
            add.users().forEach(user -> people.add(user.value()));
        } else if (change instanceof Change.RemoveMembers remove) {
            remove.users().forEach(user -> people.add(user.value()));
        } else if (change instanceof Change.SetRole set) {
            people.add(set.user().value());
        } else if (change instanceof Change.TransferOwnership transfer) {
            people.add(transfer.from().value());
            people.add(transfer.to().value());
        } else if (change instanceof Change.MuteMember mute) {
            people.add(mute.user().value());
        } else if (change instanceof Change.Block block) {
            people.add(block.user().value());
        }
    }

    List<Draft> drafts() {
        return drafts;
    }

    /** The numbers of the conversations, ascending (the order in which rows are locked), with the number of their drafts. */
    SortedMap<Long, Integer> conversations() {
        return counts;
    }

    private static SortedMap<Long, Integer> counts(List<Draft> drafts, Map<String, Long> conversations) {
        SortedMap<Long, Integer> counts = new TreeMap<>();
        for (Draft draft : drafts) {
            Long number = conversations.get(draft.conversation().value());
            if (number != null) {
                counts.merge(number, 1, Integer::sum);
            }
        }
        return Collections.unmodifiableSortedMap(counts);
    }

    @Nullable
    Long conversation(ConversationId id) {
        return conversations.get(id.value());
    }

    long requireConversation(ConversationId id) {
        Long number = conversation(id);
        if (number == null) {
            throw new IllegalStateException(id + " has no number");
        }
        return number;
    }

    long user(UserId user) {
        Long number = users.get(user.value());
        if (number == null) {
            throw new IllegalStateException("user " + user + " has no number");
        }
        return number;
    }

    /** What a draft is known by; its conversation has a number. */
    MessageKey key(Draft draft) {
        return new MessageKey(
                requireConversation(draft.conversation()), user(draft.sender()), draft.requireClientMessageId());
    }

    List<Long> users(List<UserId> wanted) {
        return wanted.stream().map(this::user).toList();
    }
}
