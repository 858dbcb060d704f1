package io.lastack.internal.fanout;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One conversation that a session of this node watches: its watchers, and its tail (the newest messages, without gaps).
 * Thread-safe. Never calls a watcher while holding its lock.
 *
 * <p>All watchers have heard of every message up to the head, and of what it changed. A message above the one after the
 * head shows that others were appended elsewhere: nobody hears of it before they were looked at.
 */
public final class Topic {
    /** Instead of a number of watchers: there are messages in between that this topic has not heard of. */
    static final int GAP = -1;

    private static final @Nullable Watcher[] NOBODY = {};

    private final ConversationId conversation;
    private final TailBudget budget;
    private final Tail tail = new Tail();
    private @Nullable Watcher[] watchers = NOBODY;
    private int count;

    /** Whether somebody may be looking at the array: its first {@code count} places are not written then. */
    private boolean lent;

    private long head;
    private boolean closed;
    private @Nullable Map<UserId, Long> toldReads;

    /** @param head what the first watcher knows of already */
    Topic(ConversationId conversation, TailBudget budget, long head) {
        this.conversation = conversation;
        this.budget = budget;
        this.head = head;
    }

    public ConversationId conversation() {
        return conversation;
    }

    /**
     * @param known the seq through which the watcher knows of everything
     * @return false if this topic was given up meanwhile, and another one must be made
     */
    synchronized boolean add(Watcher watcher, long known) {
        if (closed) {
            return false;
        }
        if (known > head) {
            tail.forgetThrough(Long.MAX_VALUE); // What is not published here yet may have recalled some of it.
        }
        if (count == watchers.length) {
            watchers = Arrays.copyOf(watchers, Math.max(1, 2 * count));
            lent = false;
        }
        watchers[count++] = watcher;
        return true;
    }

    /** @return whether nobody watches any more; the topic is closed then */
    synchronized boolean remove(Watcher watcher) {
        for (int i = 0; i < count; i++) {
            if (watchers[i] == watcher) {
                removeAt(i);
                break;
            }
        }
        closed = count == 0;
        return closed;
    }

    private void removeAt(int place) {
        if (lent || 4 * count < watchers.length) {
            watchers = Arrays.copyOf(watchers, count);
            lent = false;
        }
        watchers[place] = watchers[--count];
        watchers[count] = null;
        if (count == 0) {
            watchers = NOBODY;
        }
    }

    /** The watchers of this moment, in the first {@code count} places. */
    private Watcher[] lend() {
        lent = true;
        return watchers;
    }

    /** @return how many watchers it was offered to (none if they have heard of it before), or {@link #GAP} */
    int publish(TailEntry entry, Touched touched) {
        Watcher[] now;
        int offered;
        synchronized (this) {
            if (entry.seq() != head + 1) {
                return entry.seq() <= head ? 0 : GAP;
            }
            tail.add(entry);
            forgetRecalled(entry.message().content());
            head = entry.seq();
            now = lend();
            offered = count;
        }
        for (int i = 0; i < offered; i++) {
            now[i].offer(entry, touched);
        }
        budget.added(this, entry);
        return offered;
    }

    /** Tells all watchers that the log reaches up to {@code seq}; what the messages up to there changed, they know. */
    public void heard(long seq, Touched touched) {
        Watcher[] now;
        int told;
        synchronized (this) {
            if (seq > head) {
                tail.forgetThrough(Long.MAX_VALUE); // What was not seen may have recalled some of it.
            }
            head = Math.max(head, seq);
            now = lend();
            told = count;
        }
        for (int i = 0; i < told; i++) {
            now[i].heard(seq, touched);
        }
    }

    /** What is recalled leaves the memory with the edits of it; who is behind reads what is left from the log. */
    private void forgetRecalled(Content content) {
        if (!content.kind().equals(Content.RECALL)) {
            return;
        }
        long last = content.revises();
        for (TailEntry entry : tail.from(Math.max(last, tail.firstSeq()), Tail.MAX_ENTRIES)) {
            Content kept = entry.message().content();
            if (kept.kind().equals(Content.EDIT) && kept.revises() == content.revises()) {
                last = entry.seq();
            }
        }
        tail.forgetThrough(last);
    }

    /** The highest seq that all watchers have heard of; 0 for none. */
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

    /**
     * Whether it is news here that a user has read up to a seq: several nodes store what one user reads, and what they tell
     * comes late, again and in any order.
     */
    public synchronized boolean isReadNews(UserId reader, long seq) {
        Map<UserId, Long> told = toldReads == null ? new HashMap<>() : toldReads;
        toldReads = told;
        return told.merge(reader, seq, Math::max) == seq;
    }

    public synchronized List<Watcher> watchers() {
        return List.of(Arrays.copyOf(watchers, count));
    }

    synchronized void forgetThrough(long seq) {
        tail.forgetThrough(seq);
    }
}
