package io.lastack.store.redis;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Change;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One append of a list: prepares what is known to need it, calls the script, and where that wants more prepared, prepares
 * it and calls again. On one server the list is one call; in a cluster there is one for each conversation, and they go out
 * together.
 */
final class Append {
    private static final String WHAT = "append";
    private static final int ATTEMPTS = 10;

    private final Server server;
    private final Keys keys;
    private final UserLists lists;
    private final OnceKeys once;
    private final long sentAt;
    private final Map<ConversationId, ConversationDrafts> open = new LinkedHashMap<>();
    private final AppendOutcome[] outcomes;
    private final String token = UUID.randomUUID().toString();
    private final Map<ConversationId, Set<UserId>> intended = new TreeMap<>();
    private final Map<ConversationId, Set<UserId>> belong = new TreeMap<>();
    private long preparedAt = Long.MAX_VALUE;
    private boolean applied;

    Append(Server server, Keys keys, UserLists lists, OnceKeys once, List<Draft> drafts, long sentAt) {
        this.server = server;
        this.keys = keys;
        this.lists = lists;
        this.once = once;
        this.sentAt = sentAt;
        this.outcomes = new AppendOutcome[drafts.size()];
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            open.computeIfAbsent(draft.conversation(), ConversationDrafts::new).add(i, draft);
        }
    }

    List<AppendOutcome> run() {
        List<ConversationDrafts> unprepared =
                open.values().stream().filter(c -> !c.joining().isEmpty()).toList();
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            if (attempt > ATTEMPTS) {
                throw new StoreException(
                        "cannot append: what was prepared was not enough " + ATTEMPTS + " times",
                        null,
                        true,
                        applied ? Effect.UNKNOWN : Effect.NOT_APPLIED);
            }
            prepare(unprepared);
            unprepared = call();
        }
        if (!intended.isEmpty()) {
            settle();
        }
        return List.of(outcomes);
    }

    private void prepare(Collection<ConversationDrafts> conversations) {
        Map<ConversationId, Set<UserId>> joins = new TreeMap<>();
        Map<ConversationId, Set<UserId>> wrote = new TreeMap<>();
        List<ConversationId> comesToBe = new ArrayList<>();
        for (ConversationDrafts c : conversations) {
            joins.put(c.id(), c.joining());
            wrote.put(c.id(), c.noted());
            intended.put(c.id(), c.joining());
            if (c.mayCreate()) {
                comesToBe.add(c.id());
            }
        }
        if (!conversations.isEmpty()) {
            try {
                preparedAt = Math.min(preparedAt, lists.prepare(token, joins, wrote, comesToBe));
            } catch (StoreException e) {
                // An intention of which nothing comes is not seen by anybody.
                throw applied
                        ? e
                        : new StoreException(
                                String.valueOf(e.getMessage()), e.getCause(), e.retryable(), Effect.NOT_APPLIED);
            }
        }
    }

    /** Calls the script for what is open, and returns what has to be prepared before the next call. */
    private List<ConversationDrafts> call() {
        List<List<ConversationDrafts>> groups = server.isCluster()
                ? open.values().stream().map(List::of).toList()
                : List.of(List.copyOf(open.values()));
        List<Reply> replies = server.calls(WHAT, groups.stream().map(this::call).toList());
        List<ConversationDrafts> unprepared = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            unprepared.addAll(take(groups.get(i), replies.get(i)));
        }
        return unprepared;
    }

    private Call call(List<ConversationDrafts> group) {
        Arguments arguments = Arguments.of(sentAt, once.bytes(), preparedAt == Long.MAX_VALUE ? "" : preparedAt);
        group.forEach(c -> c.addTo(arguments, once));
        return new Call(
                Script.APPEND,
                group.stream().map(c -> keys.conversation(c.id())).toList(),
                arguments.list());
    }

    private Collection<ConversationDrafts> take(List<ConversationDrafts> group, Reply reply) {
        switch (reply.at(0).text()) {
            case "late" -> {
                preparedAt = Long.MAX_VALUE;
                return List.copyOf(open.values());
            }
            case "prepare" -> {
                Set<ConversationDrafts> unprepared = new HashSet<>();
                for (int i = 1; i < reply.size(); i += 2) {
                    ConversationDrafts conversation =
                            group.get((int) reply.at(i).number() - 1);
                    String sender = reply.at(i + 1).text();
                    if (sender.isEmpty()) {
                        conversation.comesToBe();
                    } else {
                        conversation.note(UserId.of(sender));
                    }
                    unprepared.add(conversation);
                }
                return unprepared;
            }
            default -> {
                applied = true;
                for (int i = 0; i < group.size(); i++) {
                    done(
                            group.get(i),
                            reply.at(2 * i + 1).text(),
                            reply.at(2 * i + 2).text());
                }
                return List.of();
            }
        }
    }

    private void done(ConversationDrafts conversation, String results, String members) {
        String[] words = results.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            outcomes[conversation.indexes().get(i)] = outcome(conversation.draft(i), words[i]);
        }
        if (!members.isEmpty()) {
            belong.put(
                    conversation.id(),
                    java.util.Arrays.stream(members.split(" ", -1))
                            .map(UserId::of)
                            .collect(Collectors.toSet()));
        }
        open.remove(conversation.id());
    }

    private AppendOutcome outcome(Draft draft, String word) {
        ConversationId id = draft.conversation();
        return switch (word.charAt(0)) {
            case 'A' -> new AppendOutcome.Appended(Long.parseLong(word.substring(1)), sentAt);
            case 'D' -> {
                int colon = word.indexOf(':');
                yield new AppendOutcome.AlreadyAppended(
                        Long.parseLong(word.substring(1, colon)), Long.parseLong(word.substring(colon + 1)));
            }
            case 'N' -> new AppendOutcome.Refused(Reason.NOT_FOUND, id + " does not exist");
            case 'X' -> new AppendOutcome.Refused(Reason.CONFLICT, id + " is dissolved");
            case 'F' -> new AppendOutcome.Refused(Reason.NOT_FOUND, revised(draft) + " does not exist (any more)");
            case 'K' ->
                new AppendOutcome.Refused(
                        Reason.CONFLICT,
                        revised(draft) + " is neither of kind " + Content.MESSAGE + " nor " + Content.NOTIFICATION
                                + "; these can be recalled and edited");
            case 'B' ->
                new AppendOutcome.Refused(Reason.CONFLICT, revised(draft) + " is blank: there is nothing to edit");
            case 'O' -> AppendOutcome.Refused.ownerless(id);
            case 'L' -> AppendOutcome.Refused.full(id, Integer.parseInt(word.substring(1)), maxMembers(draft));
            case 'E' -> new AppendOutcome.Refused(Reason.CONFLICT, id + " exists already");
            default -> throw new IllegalStateException("the append script returned '" + word + "'");
        };
    }

    private static int maxMembers(Draft draft) {
        if (draft.change() instanceof Change.CreateGroup create) {
            return create.maxMembers();
        }
        return draft.change() instanceof Change.AddMembers add ? add.maxMembers() : Change.NO_LIMIT;
    }

    private static String revised(Draft draft) {
        return "entry " + draft.content().revises() + " of " + draft.conversation();
    }

    private void settle() {
        try {
            lists.settle(token, intended, belong);
        } catch (StoreException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e.getCause(), e.retryable(), Effect.UNKNOWN);
        }
    }
}
