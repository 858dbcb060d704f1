package io.lastack.testkit.sim;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The store that all nodes share, and beside it the oracle's books: every call that takes effect goes through here, and
 * every answer is compared with them.
 */
final class Truth {
    private static final int ALL = 100_000;

    private final Function<String, ImStore> factory;
    private final Confirmations confirmations;
    private final VirtualTime time;
    private final Referee referee;
    private final List<Consumer<Truth>> effects = new ArrayList<>();
    private final TruthChecks checks;
    private final RevisionChecks revisions;
    private ImStore store;
    private Ledger ledger;
    private int epochs = 1;
    private boolean replaying;

    /** What devices have confirmed. */
    interface Confirmations {
        boolean isConfirmed(String epoch, CursorKey device, long seq);
    }

    Truth(Function<String, ImStore> factory, Confirmations confirmations, VirtualTime time, Referee referee) {
        this.factory = factory;
        this.confirmations = confirmations;
        this.time = time;
        this.referee = referee;
        this.store = factory.apply("epoch-1");
        this.ledger = new Ledger("epoch-1");
        this.checks = new TruthChecks(referee);
        this.revisions = new RevisionChecks(referee);
    }

    Ledger ledger() {
        return ledger;
    }

    ImStore store() {
        return store;
    }

    String epoch() {
        return store.log().epoch();
    }

    List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        List<AppendOutcome> outcomes = store.log().append(drafts, sentAt);
        effects.add(again -> again.append(drafts, sentAt));
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            if (outcomes.get(i) instanceof Appended appended) {
                revisions.taken(ledger, draft, time.nanos());
                ledger.own(draft.sender()).apply(draft.change(), time.nanos());
                String wrong = ledger.at(draft.conversation()).append(draft, appended.seq());
                if (wrong != null) {
                    referee.violated(Invariant.LOG_HAS_NO_GAP, wrong);
                }
            } else if (outcomes.get(i) instanceof AppendOutcome.AlreadyAppended already) {
                checks.repeat(ledger, draft, already.seq());
            }
        }
        return outcomes;
    }

    /** The seq that the next message of a conversation will get. */
    long nextSeq(ConversationId conversation) {
        LoggedConversation logged = ledger.find(conversation);
        return logged == null ? 1 : logged.head() + 1;
    }

    /** A message as a replica tells it that has not seen what came after {@code seq}. */
    Message asBefore(Message message, long seq) {
        LoggedConversation conversation = ledger.find(message.conversation());
        LoggedEntry entry = conversation == null ? null : conversation.entry(message.seq());
        if (entry == null || entry.changedBy() <= seq) {
            return message;
        }
        entry.toldLate();
        return new Message(
                message.conversation(),
                message.seq(),
                message.sentAt(),
                message.sender(),
                message.clientMessageId(),
                entry.at(seq));
    }

    List<LogPage> read(List<LogQuery> queries) {
        List<LogPage> pages = store.log().read(queries);
        for (int i = 0; i < queries.size(); i++) {
            checks.page(ledger, queries.get(i), pages.get(i));
        }
        return pages;
    }

    List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
        return store.log().reactions(conversation, targets, limit);
    }

    Map<ConversationId, Long> heads(Collection<ConversationId> conversations) {
        Map<ConversationId, Long> heads = store.log().heads(conversations);
        conversations.forEach(id -> checks.head(ledger, id, heads.getOrDefault(id, 0L)));
        return heads;
    }

    List<Subscription> checked(UserId user, DeviceId device, List<Subscription> subscriptions) {
        subscriptions.forEach(s -> checks.subscription(ledger, Ledger.key(s.conversation(), user, device), s));
        return subscriptions;
    }

    boolean register(UserId user, DeviceId device, DeviceStart start) {
        boolean fresh = store.cursors().register(user, device, start);
        if (fresh) {
            effects.add(again -> again.register(user, device, start));
            for (Subscription s : store.memberships().subscriptions(user, device, null, ALL)) {
                ledger.startAt(Ledger.key(s.conversation(), user, device), s.lastAck());
            }
        }
        return fresh;
    }

    List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        List<AdvanceOutcome> outcomes = store.cursors().advanceAcks(advances);
        effects.add(again -> again.advanceAcks(advances));
        for (int i = 0; i < advances.size(); i++) {
            if (outcomes.get(i) == AdvanceOutcome.ADVANCED) {
                advanced(advances.get(i));
            }
        }
        return outcomes;
    }

    private void advanced(AckAdvance advance) {
        CursorKey key = advance.key();
        Entitlement entitlement = ledger.entitlement(key.conversation(), key.user());
        if (replaying) {
            ledger.startAt(key, advance.seq());
            return;
        }
        if (entitlement == null) {
            referee.violated(Invariant.FLOOR_WAS_CONFIRMED, key + " has a floor and was never a member");
            return;
        }
        long from = Math.max(ledger.floor(key), entitlement.first() - 1);
        for (long seq = from + 1; seq <= Math.min(advance.seq(), entitlement.last()); seq++) {
            if (!confirmations.isConfirmed(ledger.epoch(), key, seq)) {
                referee.violated(
                        Invariant.FLOOR_WAS_CONFIRMED,
                        "the floor of " + key + " went from " + ledger.floor(key) + " to " + advance.seq()
                                + ", and seq " + seq + " was never confirmed");
                return;
            }
        }
        ledger.raiseFloor(key, advance.seq());
    }

    List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        List<AdvanceOutcome> outcomes = store.cursors().advanceReads(advances);
        effects.add(again -> again.advanceReads(advances));
        for (int i = 0; i < advances.size(); i++) {
            if (outcomes.get(i) == AdvanceOutcome.ADVANCED) {
                ReadAdvance advance = advances.get(i);
                ledger.raiseRead(advance.conversation(), advance.user(), advance.seq());
            }
        }
        return outcomes;
    }

    /** Everything that readers see is what the books say. */
    void verifyAll(Collection<CursorKey> devices) {
        for (LoggedConversation conversation : ledger.all()) {
            checks.whole(conversation, store);
            revisions.reactions(conversation, store);
        }
        for (CursorKey key : devices) {
            List<Subscription> subscriptions =
                    store.memberships().subscriptions(key.user(), key.device(), List.of(key.conversation()));
            checked(key.user(), key.device(), subscriptions);
            subscriptions.forEach(s -> revisions.counts(ledger, key.user(), s));
            revisions.blocked(ledger, key.user(), store);
        }
    }

    /**
     * Goes back to an earlier state, under a new epoch.
     *
     * @param lost how many of the newest effects are gone
     */
    void restore(int lost) {
        List<Consumer<Truth>> kept = List.copyOf(effects.subList(0, Math.max(0, effects.size() - lost)));
        Ledger older = ledger;
        String epoch = "epoch-" + ++epochs;
        store = factory.apply(epoch);
        ledger = new Ledger(epoch);
        effects.clear();
        replaying = true;
        kept.forEach(effect -> effect.accept(this));
        replaying = false;
        for (LoggedConversation conversation : ledger.all()) {
            conversation.confirmAsIn(older.at(conversation.id()));
        }
    }
}
