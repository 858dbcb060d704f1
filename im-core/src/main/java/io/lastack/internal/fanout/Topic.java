package io.lastack.internal.fanout;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One conversation that a session of this node watches: its watchers, and its tail (the newest messages, without gaps).
 * Thread-safe. Never calls a watcher while holding its lock.
 */
public final class Topic {
    private static final Watcher[] NOBODY = {};

    private final ConversationId conversation;
    private final TailBudget budget;
    private final Tail tail = new Tail();
    private Watcher[] watchers = NOBODY;
    private long head;
    private boolean closed;

    Topic(ConversationId conversation, TailBudget budget) {
        this.conversation = conversation;
        this.budget = budget;
    }

    public ConversationId conversation() {
        return conversation;
    }

    /** @return false if this topic was given up meanwhile, and another one must be made */
    synchronized boolean add(Watcher watcher) {
        if (closed) {
            return false;
        }
        watchers = Arrays.copyOf(watchers, watchers.length + 1);
        watchers[watchers.length - 1] = watcher;
        return true;
    }

    /** @return whether nobody watches any more; the topic is closed then */
    synchronized boolean remove(Watcher watcher) {
        for (int i = 0; i < watchers.length; i++) {
            if (watchers[i] == watcher) {
                Watcher[] fewer = Arrays.copyOf(watchers, watchers.length - 1);
                if (i < fewer.length) {
                    fewer[i] = watchers[watchers.length - 1];
                }
                watchers = fewer;
                break;
            }
        }
        closed = watchers.length == 0;
        return closed;
    }

    /** @return how many watchers it was offered to */
    int publish(TailEntry entry, Touched touched) {
        Watcher[] now = remember(entry);
        for (Watcher watcher : now) {
            watcher.offer(entry, touched);
        }
        budget.added(this, entry);
        return now.length;
    }

    void heard(long seq, Touched touched) {
        for (Watcher watcher : raiseHead(seq)) {
            watcher.heard(seq, touched);
        }
    }

    private synchronized Watcher[] remember(TailEntry entry) {
        tail.add(entry);
        head = Math.max(head, entry.seq());
        return watchers;
    }

    private synchronized Watcher[] raiseHead(long seq) {
        head = Math.max(head, seq);
        return watchers;
    }

    /** The highest seq this topic has heard of; 0 for none. */
    public synchronized long head() {
        return head;
    }

    /** The entries from {@code firstSeq} on, at most {@code limit}; empty if that seq is not (or no longer) in the tail. */
    public synchronized List<TailEntry> from(long firstSeq, int limit) {
        return tail.from(firstSeq, limit);
    }

    /** Who wrote the messages above {@code after} up to {@code through}, as far as the tail tells. */
    public synchronized Set<UserId> authors(long after, long through) {
        Set<UserId> authors = new LinkedHashSet<>();
        for (TailEntry entry : tail.from(Math.max(after + 1, tail.firstSeq()), Tail.MAX_ENTRIES)) {
            if (entry.seq() > through) {
                break;
            }
            authors.add(entry.message().sender());
        }
        return authors;
    }

    synchronized List<Watcher> watchers() {
        return List.of(watchers);
    }

    synchronized void forgetThrough(long seq) {
        tail.forgetThrough(seq);
    }
}
