package io.lastack.testkit.sim;

import io.lastack.log.Content;
import io.lastack.log.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the entries of one log have made of each other: recalls, edits, and the reactions that there are. */
final class LoggedRevisions {
    private final List<LoggedEntry> entries;
    private final Map<Long, Map<Key, Long>> reactions = new HashMap<>();

    /** Who reacts, and with what. */
    record Key(UserId user, String emoji) {}

    /** @param entries of the log, which grows */
    LoggedRevisions(List<LoggedEntry> entries) {
        this.entries = entries;
    }

    /** Whether the log may take this next: only what is there and was not recalled can be edited or recalled. */
    boolean allows(Content next) {
        boolean revision = next.kind().equals(Content.EDIT) || next.kind().equals(Content.RECALL);
        return !revision || target(next) != null;
    }

    private @Nullable LoggedEntry target(Content revision) {
        long seq = revision.revises();
        LoggedEntry entry = seq < 1 || seq > entries.size() ? null : entries.get((int) seq - 1);
        return entry != null && entry.isRevisable() ? entry : null;
    }

    /** @param seq of the entry, which is in the log by now */
    void apply(Content entry, UserId sender, long seq) {
        LoggedEntry target = target(entry);
        if (target == null) {
            return;
        }
        switch (entry.kind()) {
            case Content.REACTION -> react(entry, sender, seq);
            case Content.EDIT -> target.edit(entry, seq);
            case Content.RECALL -> recall(target, entry.revises(), seq);
            default -> {
                // It revises nothing.
            }
        }
    }

    private void recall(LoggedEntry target, long targetSeq, long seq) {
        target.recall(seq);
        for (LoggedEntry entry : entries) {
            Content content = entry.draft().content();
            if (content.kind().equals(Content.EDIT) && content.revises() == targetSeq) {
                entry.blank(seq);
            }
        }
        reactions.remove(targetSeq);
    }

    private void react(Content entry, UserId sender, long seq) {
        Map<Key, Long> ofOne = reactions.computeIfAbsent(entry.revises(), s -> new HashMap<>());
        Key key = new Key(sender, entry.payload().asText());
        if (entry.ext().containsKey("remove")) {
            ofOne.remove(key);
        } else {
            ofOne.put(key, seq);
        }
    }

    /** Who reacts to a message with what, and the seq of the entry that says so. */
    Map<Key, Long> reactions(long seq) {
        return reactions.getOrDefault(seq, Map.of());
    }
}
