package io.lastack.memory;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The log of one conversation: the message with seq n is the n-th, and the first ones may be gone. */
final class Entries {
    private final List<Message> messages = new ArrayList<>();
    private final Map<SendKey, Message> sent = new HashMap<>();
    private final UnreadIndex unread = new UnreadIndex();
    private final Revisions revisions = new Revisions();
    private long trimmedThrough;

    long head() {
        return trimmedThrough + messages.size();
    }

    long trimmedThrough() {
        return trimmedThrough;
    }

    /** When the oldest message that is still there was sent; {@link Long#MAX_VALUE} if there is none. */
    long oldestSentAt() {
        return messages.isEmpty() ? Long.MAX_VALUE : messages.get(0).sentAt();
    }

    /** What an earlier append of the same draft stored, if there was one. */
    @Nullable
    Message first(Draft draft) {
        return sent.get(SendKey.of(draft));
    }

    /** Adds a draft that is not in the log yet. */
    Message append(Draft draft, long sentAt) {
        Message message = draft.at(head() + 1, sentAt);
        messages.add(message);
        sent.put(SendKey.of(draft), message);
        unread.add(message);
        if (message.content().isRevision()) {
            revise(message);
        } else {
            Reaction.emoji(message.content()).ifPresent(emoji -> react(message, emoji));
        }
        return message;
    }

    /** The message at a seq, or null if there is none (any more). */
    @Nullable
    Message find(long seq) {
        return seq > trimmedThrough && seq <= head() ? messages.get(index(seq)) : null;
    }

    private int index(long seq) {
        return (int) (seq - trimmedThrough - 1);
    }

    private void revise(Message revision) {
        long target = revision.content().revises();
        Message revised = messages.get(index(target));
        replace(revised, revised.content().revised(revision.content(), revision.seq()));
        if (revision.content().kind().equals(Content.RECALL)) {
            blankEdits(target);
            revisions.forget(target);
        } else {
            revisions.addEdit(target, revision.seq());
        }
    }

    private void blankEdits(long target) {
        for (long seq : revisions.edits(target)) {
            Message edit = find(seq);
            if (edit != null) {
                replace(edit, edit.content().erased());
            }
        }
    }

    private void react(Message entry, String emoji) {
        Message target = find(entry.content().revises());
        if (target != null && target.content().isRevisable()) {
            revisions.react(entry, emoji);
        }
    }

    private void replace(Message message, Content content) {
        Message replacement = new Message(
                message.conversation(),
                message.seq(),
                message.sentAt(),
                message.sender(),
                message.clientMessageId(),
                content);
        unread.remove(message);
        unread.add(replacement);
        messages.set(index(message.seq()), replacement);
        sent.put(SendKey.of(replacement), replacement);
    }

    List<Reaction> reactions(SeqRange targets, int limit) {
        return revisions.reactions(targets, limit);
    }

    /** A view: valid while the caller holds the monitor of the state. */
    List<Message> slice(SeqRange range, int maxBytes) {
        if (range.first() > head() || range.last() <= trimmedThrough) {
            return List.of();
        }
        int from = (int) (Math.max(range.first() - 1, trimmedThrough) - trimmedThrough);
        int end = (int) (Math.min(range.last(), head()) - trimmedThrough);
        int to = from;
        for (long bytes = 0; to < end && bytes < maxBytes; to++) {
            bytes += messages.get(to).content().payload().size();
        }
        return messages.subList(from, to);
    }

    /** Deletes from the beginning what is within all three bounds. */
    void trim(long through, long sentBefore, int atMost) {
        int end = 0;
        while (end < Math.min(atMost, messages.size())
                && messages.get(end).seq() <= through
                && messages.get(end).sentAt() < sentBefore) {
            sent.remove(SendKey.of(messages.get(end)));
            end++;
        }
        messages.subList(0, end).clear();
        trimmedThrough += end;
        revisions.forgetThrough(trimmedThrough);
    }

    /** Blanks what a user sent, and the edits of it. */
    void erase(UserId user) {
        for (Message message : List.copyOf(messages)) {
            if (message.sender().equals(user)) {
                replace(message, message.content().erased());
                blankEdits(message.seq());
            }
        }
        revisions.forgetReactions(user);
    }

    /** What a user sent above {@code seq}, a view for as long as the caller holds the monitor of the state. */
    Stream<Message> sentBy(UserId user, long seq) {
        return messages.stream().filter(m -> m.seq() > seq && m.sender().equals(user));
    }

    /** How many of the messages above {@code low} and up to {@code high} are unread for a user who has read none of them. */
    long unread(UserId user, long low, long high) {
        return unread.unread(user, Math.max(low, trimmedThrough), high);
    }

    /** How many of those name the user. */
    long mentions(UserId user, long low, long high) {
        return unread.mentions(user, Math.max(low, trimmedThrough), high);
    }

    private record SendKey(UserId sender, ClientMessageId id) {
        static SendKey of(Draft draft) {
            return new SendKey(draft.sender(), draft.requireClientMessageId());
        }

        static SendKey of(Message message) {
            return new SendKey(message.sender(), message.clientMessageId());
        }
    }
}
