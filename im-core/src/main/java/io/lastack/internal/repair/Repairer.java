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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the sessions of this node know with the store, round after round, and heals what differs: messages and
 * memberships that another node or a host's transaction brought about, and of which nobody told this node. A lost signal
 * costs latency, never a message. A round takes two thirds of the interval ({@link Turns}); the rest is for the store to answer
 * and for what is found to be read. Nothing that takes longer the more is found is done in the round itself: repairs and lookups of
 * memberships have tasks of their own, so that the next comparison comes in time. Thread-safe; does not ask the store at
 * all while nobody is connected.
 */
public final class Repairer {
    private static final Logger log = LoggerFactory.getLogger(Repairer.class);
    private static final Duration DISPATCH_TIME = Duration.ofMillis(50);

    private static final List<Integer> ALL_PARTS =
            IntStream.range(0, Turns.PARTS).boxed().toList();

    private final ImStore store;
    private final EngineRuntime runtime;
    private final Duration round;
    private final ConversationIndex index;
    private final SessionRegistry sessions;
    private final HeadRepair heads;
    private final ConversationLookups lookups;
    private final SerialExecutor comparisons;
    private final SerialExecutor repairs;
    /** Only in comparisons. */
    private final Turns turns;

    private Map<ConversationId, Long> suspects = new LinkedHashMap<>();
    private Set<ConversationId> hinted = new LinkedHashSet<>();
    private boolean running;

    /** @param interval within which what nobody told this node of is found and offered */
    public Repairer(
            ImStore store,
            EngineRuntime runtime,
            Duration interval,
            ConversationIndex index,
            SessionRegistry sessions) {
        this.store = store;
        this.runtime = runtime;
        this.round = interval.multipliedBy(2).dividedBy(3);
        this.index = index;
        this.sessions = sessions;
        this.heads = new HeadRepair(store, index);
        this.lookups = new ConversationLookups(sessions, runtime);
        this.comparisons = new SerialExecutor(runtime);
        this.repairs = new SerialExecutor(runtime);
        this.turns = new Turns(round.toNanos());
    }

    /** How many times a conversation was found to be behind. */
    public long repaired() {
        return heads.repaired();
    }

    /** Somebody connects: comparisons go on until nobody is connected. */
    public void wake() {
        synchronized (this) {
            if (running) {
                return;
            }
            running = true;
        }
        // At an instant of its own, so that nodes that start together do not ask together.
        long pause = runtime.random().nextLong(round.toNanos());
        runtime.schedule(Duration.ofNanos(pause), () -> comparisons.execute(this::begin));
    }

    private void begin() {
        turns.begin(runtime.nanoTime());
        step();
    }

    private void step() {
        synchronized (this) {
            if (sessions.size() == 0) {
                running = false;
                return;
            }
        }
        try {
            compare(turns.take(runtime.nanoTime(), this::sizeOf));
        } catch (RuntimeException e) {
            log.warn("comparing with the store failed; the next round compares again: {}", e.toString());
        }
        Duration pause = Duration.ofNanos(turns.pauseNanos(runtime.nanoTime()));
        runtime.schedule(pause, () -> comparisons.execute(this::step));
    }

    private int sizeOf(int part) {
        return index.topics(part).size() + sessions.usersOnline(part).size();
    }

    /** @return completes when what was found is repaired and the sessions told */
    private CompletionStage<Void> compare(List<Integer> parts) {
        List<CompletableFuture<Void>> healed = new ArrayList<>();
        for (List<Topic> batch : batches(parts, index::topics)) {
            List<Behind> found = heads.find(batch);
            if (!found.isEmpty()) {
                healed.add(repairLater(found));
            }
        }
        for (List<UserId> batch : batches(parts, sessions::usersOnline)) {
            Map<UserId, Integer> counts = store.memberships().conversationCounts(batch);
            batch.forEach(user -> healed.addAll(lookups.compare(user, counts.getOrDefault(user, 0))));
        }
        return CompletableFuture.allOf(healed.toArray(CompletableFuture[]::new));
    }

    private static <T> List<List<T>> batches(List<Integer> parts, IntFunction<Collection<T>> thingsOf) {
        List<T> things = new ArrayList<>();
        parts.forEach(part -> things.addAll(thingsOf.apply(part)));
        return Batches.of(things);
    }

    /**
     * After a moment: what this node commits is in the store shortly before it is dispatched, and its sender is to get the
     * reply first. Whatever is dispatched meanwhile needs no repair.
     */
    private CompletableFuture<Void> repairLater(List<Behind> found) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        runtime.schedule(DISPATCH_TIME, () -> repairs.execute(() -> repair(found, done)));
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
        return CompletableFuture.supplyAsync(() -> compare(ALL_PARTS), comparisons)
                .thenCompose(Function.identity());
    }

    /** A conversation has messages up to {@code seq}, of which this node has not heard of all: looks at once. */
    public void suspect(ConversationId conversation, long seq) {
        boolean first;
        synchronized (this) {
            first = suspects.isEmpty();
            suspects.merge(conversation, seq, Math::max);
        }
        if (first) {
            repairs.execute(() -> repair(takeSuspects(), new CompletableFuture<>()));
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
            runtime.schedule(DISPATCH_TIME, () -> repairs.execute(this::askAboutHinted));
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
            Batches.of(topics).forEach(batch -> heads.repair(heads.find(batch)));
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
