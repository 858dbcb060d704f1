package io.lastack.memory;

import io.lastack.log.Message;
import io.lastack.log.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What counts as unread in one log, and for whom: messages by sender, and by the users they name. */
final class UnreadIndex {
    private final SeqList countable = new SeqList();
    private final Map<UserId, SeqList> bySender = new HashMap<>();
    private final Map<UserId, SeqList> byMentioned = new HashMap<>();

    void add(Message message) {
        if (message.content().countsAsUnread()) {
            countable.add(message.seq());
            of(bySender, message.sender()).add(message.seq());
            mentioned(message).forEach(user -> of(byMentioned, user).add(message.seq()));
        }
    }

    void remove(Message message) {
        if (message.content().countsAsUnread()) {
            countable.remove(message.seq());
            of(bySender, message.sender()).remove(message.seq());
            mentioned(message).forEach(user -> of(byMentioned, user).remove(message.seq()));
        }
    }

    /** How many above {@code low} and up to {@code high} others than the user sent. */
    long unread(UserId user, long low, long high) {
        SeqList own = bySender.get(user);
        return countable.count(low, high) - (own == null ? 0 : own.count(low, high));
    }

    /** How many of those name the user. */
    long mentions(UserId user, long low, long high) {
        SeqList naming = byMentioned.get(user);
        return naming == null ? 0 : naming.count(low, high);
    }

    /** Who names itself has nothing unread by that. */
    private static List<UserId> mentioned(Message message) {
        List<UserId> all = message.content().mentions();
        return all.contains(message.sender())
                ? all.stream().filter(user -> !user.equals(message.sender())).toList()
                : all;
    }

    private static SeqList of(Map<UserId, SeqList> lists, UserId user) {
        return lists.computeIfAbsent(user, u -> new SeqList());
    }
}
