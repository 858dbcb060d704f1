package io.lastack.internal.repair;

import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.fanout.Topic;
import io.lastack.internal.repair.HeadRepair.Behind;
import io.lastack.internal.session.SessionRegistry;
import io.lastack.internal.task.SerialExecutor;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.ImStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the sessions of this node know with the store, every interval, and heals what differs: messages and
 * memberships that another node or a host's transaction brought about, and of which nobody told this node. A lost signal
 * costs latency, never a message. Thread-safe; asks the store from one task at a time, and not at all while nobody is
 * connected.
 */
public final class Repairer {
    private static final Logger log = LoggerFactory.getLogger(Repairer.class);
    private static final Duration DISPATCH_TIME = Duration.ofMillis(50);

    private final ImStore store;
    private final EngineRuntime runtime;
    private final Duration interval;
    private final ConversationIndex index;
    private final SessionRegistry sessions;
    private final HeadRepair heads;
    private final SerialExecutor tasks;
    private Map<ConversationId, Long> suspects = new LinkedHashMap<>();
    private Set<ConversationId> hinted = new LinkedHashSet<>();
    private boolean running;

    public Repairer(
            ImStore store,
            EngineRuntime runtime,
            Duration interval,
            ConversationIndex index,
            SessionRegistry sessions) {
        this.store = store;
        this.runtime = runtime;
        this.interval = interval;
        this.index = index;
        this.sessions = sessions;
        this.heads = new HeadRepair(store, index);
        this.tasks = new SerialExecutor(runtime);
    }

    /** How many times a conversation was found to be behind. */
    public long repaired() {
        return heads.repaired();
    }

    /** Somebody connects: rounds go on until nobody is connected. */
    public void wake() {
        synchronized (this) {
            if (running) {
                return;
            }
            running = true;
        }
        // At an instant of its own, so that nodes that start together do not ask together.
        long pause = runtime.random().nextLong(interval.toNanos());
        runtime.schedule(Duration.ofNanos(pause), () -> tasks.execute(this::beginRound));
    }

    private void beginRound() {
        synchronized (this) {
            if (sessions.size() == 0) {
                running = false;
                return;
            }
        }
        int things = Math.max(index.size(), sessions.usersOnline().size());
        step(runtime.nanoTime(), 0, Slices.count(things));
    }

    private void step(long beginNanos, int slice, int slices) {
        try {
            repairLater(compare(slice, slices));
        } catch (RuntimeException e) {
            log.warn("comparing with the store failed; the next round compares again: {}", e.toString());
        }
        int next = slice + 1;
        long due = beginNanos + interval.toNanos() / slices * next;
        Runnable then = next < slices ? () -> step(beginNanos, next, slices) : this::beginRound;
        Duration pause = Duration.ofNanos(Math.max(0, due - runtime.nanoTime()));
        runtime.schedule(pause, () -> tasks.execute(then));
    }

    /** @return the conversations found to be behind */
    private List<Behind> compare(int slice, int slices) {
        List<Behind> found = new ArrayList<>();
        for (List<Topic> batch : Slices.batches(index.topics(), Topic::conversation, slice, slices)) {
            found.addAll(heads.find(batch));
        }
        for (List<UserId> batch : Slices.batches(sessions.usersOnline(), Function.identity(), slice, slices)) {
            compareConversations(batch);
        }
        return found;
    }

    private void compareConversations(List<UserId> users) {
        Map<UserId, Integer> counts = store.memberships().conversationCounts(users);
        for (UserId user : users) {
            int count = counts.getOrDefault(user, 0);
            sessions.of(user).forEach(session -> session.compareConversations(count));
        }
    }

    /**
     * After a moment: what this node commits is in the store shortly before it is dispatched, and its sender is to get the
     * reply first. Whatever is dispatched meanwhile needs no repair.
     */
    private CompletionStage<Void> repairLater(List<Behind> found) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (found.isEmpty()) {
            done.complete(null);
        } else {
            runtime.schedule(DISPATCH_TIME, () -> tasks.execute(() -> repair(found, done)));
        }
        return done;
    }

    private void repair(List<Behind> found, CompletableFuture<Void> done) {
        try {
            heads.repair(found);
            done.complete(null);
        } catch (RuntimeException e) {
            log.warn("repairing {} conversations failed; the next round tries again: {}", found.size(), e.toString());
            done.completeExceptionally(e);
        }
    }

    /**
     * Compares everything now, and not only when its turn comes.
     *
     * @return completes when everything was compared and the sessions told; exceptionally with a
     *     {@link io.lastack.error.StoreException} where the store did not answer
     */
    public CompletionStage<Void> repairNow() {
        return CompletableFuture.supplyAsync(() -> compare(0, 1), tasks).thenCompose(this::repairLater);
    }

    /** A conversation has messages up to {@code seq}, of which this node has not heard of all: looks at once. */
    public void suspect(ConversationId conversation, long seq) {
        boolean first;
        synchronized (this) {
            first = suspects.isEmpty();
            suspects.merge(conversation, seq, Math::max);
        }
        if (first) {
            tasks.execute(() -> repair(takeSuspects(), new CompletableFuture<>()));
        }
    }

    /**
     * Another node said that a conversation has messages of which this node has not heard. The log is asked, in a moment:
     * what is on its way, from there or from this node's own appends, needs no asking.
     */
    public void hint(ConversationId conversation) {
        boolean first;
        synchronized (this) {
            first = hinted.isEmpty();
            hinted.add(conversation);
        }
        if (first) {
            runtime.schedule(DISPATCH_TIME, () -> tasks.execute(this::askAboutHinted));
        }
    }

    private void askAboutHinted() {
        Set<ConversationId> taken;
        synchronized (this) {
            taken = hinted;
            hinted = new LinkedHashSet<>();
        }
        List<Topic> topics =
                taken.stream().map(index::find).filter(Objects::nonNull).toList();
        try {
            for (int from = 0; from < topics.size(); from += Slices.BATCH) {
                heads.repair(heads.find(topics.subList(from, Math.min(topics.size(), from + Slices.BATCH))));
            }
        } catch (RuntimeException e) {
            log.warn(
                    "asking about {} conversations failed; the next round asks again: {}", topics.size(), e.toString());
        }
    }

    private List<Behind> takeSuspects() {
        Map<ConversationId, Long> taken;
        synchronized (this) {
            taken = suspects;
            suspects = new LinkedHashMap<>();
        }
        List<Behind> behind = new ArrayList<>();
        taken.forEach((conversation, seq) -> {
            Topic topic = index.find(conversation);
            if (topic != null) {
                behind.add(new Behind(topic, seq));
            }
        });
        return behind;
    }
}
