package io.lastack.internal.fanout;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Which local sessions watch which conversation. Built at connect, kept by membership changes: a message costs no
 * membership query. Thread-safe.
 */
public final class ConversationIndex {
    private final ConcurrentHashMap<ConversationId, Topic> topics = new ConcurrentHashMap<>();
    private final TailBudget budget;
    private final LongAdder offered = new LongAdder();

    public ConversationIndex(long tailBytes) {
        this.budget = new TailBudget(tailBytes);
    }

    /** Adds a watcher. Messages published from here on are offered to it. */
    public Topic watch(ConversationId conversation, Watcher watcher) {
        while (true) {
            Topic topic = topics.computeIfAbsent(conversation, id -> new Topic(id, budget));
            if (topic.add(watcher)) {
                return topic;
            }
            topics.remove(conversation, topic);
        }
    }

    public void unwatch(Topic topic, Watcher watcher) {
        if (topic.remove(watcher)) {
            topics.remove(topic.conversation(), topic);
        }
    }

    /** Offers a message just appended to all who watch its conversation. Called in order of seq for each conversation. */
    public void publish(Message message, Touched touched) {
        Topic topic = topics.get(message.conversation());
        if (topic != null) {
            offered.add(topic.publish(new TailEntry(message), touched));
        }
    }

    /** Tells all who watch a conversation that its log reaches up to {@code head}. */
    public void heard(ConversationId conversation, long head, Touched touched) {
        Topic topic = topics.get(conversation);
        if (topic != null) {
            topic.heard(head, touched);
        }
    }

    public @Nullable Topic find(ConversationId conversation) {
        return topics.get(conversation);
    }

    public List<Watcher> watchers(ConversationId conversation) {
        Topic topic = topics.get(conversation);
        return topic == null ? List.of() : topic.watchers();
    }

    /** How many messages were offered to sessions, each session counted. */
    public long offered() {
        return offered.sum();
    }

    /** How many conversations are watched. */
    public int size() {
        return topics.size();
    }
}
