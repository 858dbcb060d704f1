package io.lastack.engine;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.error.StoreException;
import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The in-memory store, failing as often as a test says, before or after the effect. */
final class FaultyStore implements ImStore, MessageLog, Cursors {
    private final MemoryStore store = MemoryStore.create();
    int failAppendsBefore;
    int failAppendsAfter;
    int failReads;
    /** How many of the next reads of the log answer as if nothing had been appended yet. */
    int staleReads;

    int failCursors;
    /** Happens once, between the next read of heads and its answer. */
    Runnable whileHeadsAreRead = () -> {};
    /** Happens once, between the next read of subscriptions and its answer; null for nothing. */
    Runnable whileSubscriptionsAreRead;

    Predicate<Draft> poison = draft -> false;
    Predicate<ConversationId> locked = conversation -> false;
    int refusedAsLocked;

    private static StoreException failure(StoreException.Effect effect) {
        return new StoreException("the test pulled the plug", null, true, effect);
    }

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        if (drafts.stream().anyMatch(poison)) {
            throw new StoreException("cannot store this", null, false, StoreException.Effect.NOT_APPLIED);
        }
        if (drafts.stream().map(Draft::conversation).anyMatch(locked)) {
            refusedAsLocked++;
            throw new StoreException(
                    "somebody holds a conversation",
                    null,
                    true,
                    StoreException.Effect.NOT_APPLIED,
                    StoreException.Scope.CONVERSATION);
        }
        if (failAppendsBefore > 0) {
            failAppendsBefore--;
            throw failure(StoreException.Effect.NOT_APPLIED);
        }
        List<AppendOutcome> outcomes = store.log().append(drafts, sentAt);
        if (failAppendsAfter > 0) {
            failAppendsAfter--;
            throw failure(StoreException.Effect.UNKNOWN);
        }
        return outcomes;
    }

    @Override
    public List<LogPage> read(List<LogQuery> queries) {
        if (failReads > 0) {
            failReads--;
            throw failure(StoreException.Effect.NOT_APPLIED);
        }
        if (staleReads > 0) {
            staleReads--;
            return queries.stream()
                    .map(query -> new LogPage(query.conversation(), List.of(), 0))
                    .toList();
        }
        return store.log().read(queries);
    }

    @Override
    public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        if (failCursors > 0) {
            failCursors--;
            throw failure(StoreException.Effect.UNKNOWN);
        }
        return store.cursors().advanceAcks(advances);
    }

    @Override
    public String epoch() {
        return store.log().epoch();
    }

    @Override
    public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
        return store.log().reactions(conversation, targets, limit);
    }

    @Override
    public Map<ConversationId, Long> heads(Collection<ConversationId> conversations) {
        Map<ConversationId, Long> heads = store.log().heads(conversations);
        Runnable meanwhile = whileHeadsAreRead;
        whileHeadsAreRead = () -> {};
        meanwhile.run();
        return heads;
    }

    @Override
    public boolean register(UserId user, DeviceId device, DeviceStart start) {
        return store.cursors().register(user, device, start);
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        return store.cursors().advanceReads(advances);
    }

    @Override
    public MessageLog log() {
        return this;
    }

    @Override
    public Memberships memberships() {
        Runnable meanwhile = whileSubscriptionsAreRead;
        if (meanwhile == null) {
            return store.memberships();
        }
        return (Memberships) Proxy.newProxyInstance(
                Memberships.class.getClassLoader(), new Class<?>[] {Memberships.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(store.memberships(), arguments);
                    if (method.getName().equals("subscriptions")) {
                        whileSubscriptionsAreRead = null;
                        meanwhile.run();
                    }
                    return answer;
                });
    }

    @Override
    public Cursors cursors() {
        return this;
    }

    @Override
    public void close() {}
}
