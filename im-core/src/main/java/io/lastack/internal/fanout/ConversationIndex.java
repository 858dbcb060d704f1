package io.lastack.internal.fanout;

import io.lastack.internal.collection.StripedMap;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which local sessions watch which conversation. Built at connect, kept by membership changes: a message costs no
 * membership query. Thread-safe.
 */
public final class ConversationIndex {
    /** Hears of conversations that reach up to a seq although this node has not heard of all below. Must not block. */
    @FunctionalInterface
    public interface GapListener {
        void found(ConversationId conversation, long seq);
    }

    private final StripedMap<ConversationId, Topic> topics = new StripedMap<>();
    private final TailBudget budget;
    private final LongAdder offered = new LongAdder();
    private volatile GapListener gaps = (conversation, seq) -> {};
    private volatile Consumer<ConversationId> hints = conversation -> {};
    private volatile BiConsumer<ConversationId, Boolean> watched = (conversation, begins) -> {};

    public ConversationIndex(long tailBytes) {
        this.budget = new TailBudget(tailBytes);
    }

    /** Who looks at conversations that have messages which were not published here. */
    public void onGap(GapListener listener) {
        gaps = listener;
    }

    /** Who asks the log about conversations of which another node said that they have more messages. Must not block. */
    public void onHint(Consumer<ConversationId> listener) {
        hints = listener;
    }

    /** Who hears of conversations that begin (true) and cease (false) to be watched. Must not block. */
    public void onWatched(BiConsumer<ConversationId, Boolean> listener) {
        watched = listener;
    }

    /**
     * Adds a watcher. Messages published from here on are offered to it.
     *
     * @param known the seq through which the watcher knows of everything
     */
    public Topic watch(ConversationId conversation, Watcher watcher, long known) {
        while (true) {
            Topic topic = topics.of(conversation).computeIfAbsent(conversation, id -> {
                watched.accept(id, true);
                return new Topic(id, budget, known);
            });
            if (topic.add(watcher, known)) {
                return topic;
            }
            forget(topic);
        }
    }

    public void unwatch(Topic topic, Watcher watcher) {
        if (topic.remove(watcher)) {
            forget(topic);
        }
    }

    private void forget(Topic topic) {
        if (topics.of(topic.conversation()).remove(topic.conversation(), topic)) {
            watched.accept(topic.conversation(), false);
        }
    }

    /** Offers a message to all who watch its conversation. Called in order of seq for what is appended here. */
    public void publish(Message message, Touched touched) {
        Topic topic = find(message.conversation());
        if (topic == null) {
            return;
        }
        if (!offer(topic, message, touched)) {
            gaps.found(message.conversation(), message.seq());
        }
    }

    /** Offers a message that another node appended, if it is the next one; if there are others between, the log is asked. */
    public void publishElsewhere(Message message, Touched touched) {
        Topic topic = find(message.conversation());
        if (topic == null) {
            return;
        }
        if (!offer(topic, message, touched)) {
            hints.accept(message.conversation());
        }
    }

    private boolean offer(Topic topic, Message message, Touched touched) {
        int others = touched.size();
        int watchers = topic.publish(new TailEntry(message), touched);
        if (watchers == Topic.GAP) {
            return false;
        }
        touched.setCrowdAside(others);
        offered.add(watchers);
        return true;
    }

    /** Another node says that the log of a conversation reaches up to {@code seq}: if that is news, the log is asked. */
    public void hint(ConversationId conversation, long seq) {
        Topic topic = find(conversation);
        if (topic != null && topic.head() < seq) {
            hints.accept(conversation);
        }
    }

    /** The log of a conversation reaches up to {@code seq}: whoever watches it hears of what it has not heard yet. */
    public void mention(ConversationId conversation, long seq) {
        Topic topic = find(conversation);
        if (topic != null && topic.head() < seq) {
            gaps.found(conversation, seq);
        }
    }

    /** The conversations of one of {@value StripedMap#STRIPES} parts that are watched now. */
    public Collection<Topic> topics(int stripe) {
        return Collections.unmodifiableCollection(topics.stripe(stripe).values());
    }

    /** The messages of a conversation up to this seq are deleted: whoever still needs them asks the store. */
    public void forgetThrough(ConversationId conversation, long seq) {
        Topic topic = find(conversation);
        if (topic != null) {
            topic.forgetThrough(seq);
        }
    }

    /** Messages that were kept in memory may have changed in the store. */
    public void forgetTails() {
        topics.forEachStripe(stripe -> stripe.values().forEach(topic -> topic.forgetThrough(Long.MAX_VALUE)));
    }

    public @Nullable Topic find(ConversationId conversation) {
        return topics.of(conversation).get(conversation);
    }

    public List<Watcher> watchers(ConversationId conversation) {
        Topic topic = find(conversation);
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
