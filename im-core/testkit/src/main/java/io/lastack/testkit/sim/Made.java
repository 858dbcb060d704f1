package io.lastack.testkit.sim;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an application has made of what it was shown of one conversation, by the rules that applications are given: an entry
 * that revises another one is applied to it; of two states of a message the one with the higher {@code revisedBy} counts; a
 * recall takes the content of the edits along.
 */
final class Made {
    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final Map<Long, Map<LoggedRevisions.Key, Reacted>> reactions = new HashMap<>();
    private final Map<ConversationId, Set> settings = new HashMap<>();
    private final Map<UserId, Blocked> blocked = new HashMap<>();

    private record Reacted(long seq, boolean removed) {}

    private record Set(long seq, ConversationSettings settings) {}

    private record Blocked(long seq, boolean blocked) {}

    /** @return what went back by it, or null */
    @Nullable
    String shown(Message entry) {
        messages.merge(entry.seq(), entry, (old, now) -> isOlder(now, old) ? old : now);
        Content content = entry.content();
        if (content.isRevision()) {
            return revise(entry);
        }
        Reaction.emoji(content).ifPresent(emoji -> react(entry, emoji));
        if (content.kind().equals(Content.SETTINGS)) {
            set(entry);
        }
        return null;
    }

    private static boolean isOlder(Message now, Message old) {
        boolean wasBlanked =
                old.content().kind().equals(Content.EDIT) && old.content().isBlank();
        return now.content().revisedBy() < old.content().revisedBy() || wasBlanked;
    }

    private @Nullable String revise(Message entry) {
        long target = entry.content().revises();
        if (entry.content().kind().equals(Content.RECALL)) {
            messages.replaceAll((seq, message) -> isEditOf(target, message) ? blank(message) : message);
            reactions.remove(target);
        }
        Message before = messages.get(target);
        if (before == null) {
            return null;
        }
        Message after = before.revised(entry);
        messages.put(target, after);
        return after.content().revisedBy() < before.content().revisedBy()
                ? "seq " + target + " went from what entry "
                        + before.content().revisedBy() + " made of it to what entry "
                        + after.content().revisedBy() + " had made of it"
                : null;
    }

    private static boolean isEditOf(long target, Message message) {
        return message.content().kind().equals(Content.EDIT)
                && message.content().revises() == target;
    }

    private static Message blank(Message message) {
        return new Message(
                message.conversation(),
                message.seq(),
                message.sentAt(),
                message.sender(),
                message.clientMessageId(),
                message.content().erased());
    }

    private void react(Message entry, String emoji) {
        Reacted now = new Reacted(entry.seq(), Reaction.isRemoval(entry.content()));
        reactions
                .computeIfAbsent(entry.content().revises(), seq -> new HashMap<>())
                .merge(new LoggedRevisions.Key(entry.sender(), emoji), now, (a, b) -> a.seq() > b.seq() ? a : b);
    }

    private void set(Message entry) {
        Map<String, String> ext = entry.content().ext();
        if ("conversation".equals(ext.get("change"))) {
            Set now = new Set(entry.seq(), ConversationSettings.fromExt(ext));
            settings.merge(
                    ConversationId.parse(ext.getOrDefault("conversation", "")),
                    now,
                    (a, b) -> a.seq() > b.seq() ? a : b);
        } else {
            Blocked now = new Blocked(entry.seq(), "block".equals(ext.get("change")));
            blocked.merge(UserId.of(ext.getOrDefault("user", "")), now, (a, b) -> a.seq() > b.seq() ? a : b);
        }
    }

    /** In ascending order of seq. */
    NavigableMap<Long, Message> messages() {
        return messages;
    }

    /** Who reacts to a message with what, and by which entry. Nothing comes of a reaction to anything else. */
    Map<LoggedRevisions.Key, Long> reactions(long seq) {
        Map<LoggedRevisions.Key, Long> current = new HashMap<>();
        Message target = messages.get(seq);
        if (target == null || !target.content().isRevisable()) {
            return current;
        }
        reactions.getOrDefault(seq, Map.of()).forEach((key, reacted) -> {
            if (!reacted.removed()) {
                current.put(key, reacted.seq());
            }
        });
        return current;
    }

    ConversationSettings settings(ConversationId conversation) {
        Set set = settings.get(conversation);
        return set == null ? ConversationSettings.NONE : set.settings();
    }

    java.util.Set<UserId> blocked() {
        java.util.Set<UserId> users = new TreeSet<>();
        blocked.forEach((user, word) -> {
            if (word.blocked()) {
                users.add(user);
            }
        });
        return users;
    }
}
