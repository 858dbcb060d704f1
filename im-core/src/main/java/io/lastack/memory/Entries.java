package io.lastack.memory;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
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
    private final SeqList countable = new SeqList();
    private final Map<UserId, SeqList> countableBySender = new HashMap<>();
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
        if (message.content().countsAsUnread()) {
            countable.add(message.seq());
            countableBySender
                    .computeIfAbsent(message.sender(), u -> new SeqList())
                    .add(message.seq());
        }
        return message;
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
    }

    /** Blanks what a user sent. */
    void erase(UserId user) {
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message.sender().equals(user)) {
                Message blank = new Message(
                        message.conversation(),
                        message.seq(),
                        message.sentAt(),
                        user,
                        message.clientMessageId(),
                        message.content().erased());
                messages.set(i, blank);
                sent.put(SendKey.of(blank), blank);
            }
        }
    }

    /** What a user sent above {@code seq}, a view for as long as the caller holds the monitor of the state. */
    Stream<Message> sentBy(UserId user, long seq) {
        return messages.stream().filter(m -> m.seq() > seq && m.sender().equals(user));
    }

    /** How many of the messages above {@code low} and up to {@code high} are unread for a user who has read none of them. */
    long unread(UserId user, long low, long high) {
        long above = Math.max(low, trimmedThrough);
        SeqList own = countableBySender.get(user);
        return countable.count(above, high) - (own == null ? 0 : own.count(above, high));
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
