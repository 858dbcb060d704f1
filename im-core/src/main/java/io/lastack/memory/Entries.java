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
import org.jspecify.annotations.Nullable;

/** The log of one conversation: the message with seq n is the n-th. */
final class Entries {
    private final List<Message> messages = new ArrayList<>();
    private final Map<SendKey, Message> sent = new HashMap<>();
    private final SeqList countable = new SeqList();
    private final Map<UserId, SeqList> countableBySender = new HashMap<>();

    long head() {
        return messages.size();
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
        if (range.first() > head()) {
            return List.of();
        }
        int from = (int) (range.first() - 1);
        int end = (int) Math.min(range.last(), head());
        int to = from;
        for (long bytes = 0; to < end && bytes < maxBytes; to++) {
            bytes += messages.get(to).content().payload().size();
        }
        return messages.subList(from, to);
    }

    /** How many of the messages above {@code low} and up to {@code high} are unread for a user who has read none of them. */
    long unread(UserId user, long low, long high) {
        SeqList own = countableBySender.get(user);
        return countable.count(low, high) - (own == null ? 0 : own.count(low, high));
    }

    private record SendKey(UserId sender, ClientMessageId id) {
        static SendKey of(Draft draft) {
            return new SendKey(draft.sender(), draft.requireClientMessageId());
        }
    }
}
