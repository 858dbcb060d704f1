package io.lastack.testkit.sim;

import io.lastack.cursor.CursorKey;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Subscription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what a store answers with the books. */
final class TruthChecks {
    private final Referee referee;

    TruthChecks(Referee referee) {
        this.referee = referee;
    }

    void repeat(Ledger ledger, Draft draft, long seq) {
        LoggedConversation conversation = ledger.find(draft.conversation());
        long place = conversation == null ? 0 : conversation.placeOf(draft.sender(), draft.requireClientMessageId());
        if (place != seq) {
            referee.violated(
                    Invariant.CONFIRMED_MESSAGES_STAY,
                    "a repeat in " + draft.conversation() + " was answered with seq " + seq + "; it is at " + place);
        }
    }

    void head(Ledger ledger, ConversationId id, long head) {
        LoggedConversation conversation = ledger.find(id);
        long expected = conversation == null ? 0 : conversation.head();
        if (head != expected) {
            referee.violated(
                    Invariant.LOG_HAS_NO_GAP, "the head of " + id + " is told as " + head + "; it is " + expected);
        }
    }

    void page(Ledger ledger, LogQuery query, LogPage page) {
        LoggedConversation conversation = ledger.find(query.conversation());
        long expected = query.range().first();
        for (Message message : page.messages()) {
            if (message.seq() != expected || conversation == null || !conversation.holds(message)) {
                referee.violated(
                        broken(message, conversation),
                        "reading " + query.range() + " of " + query.conversation() + " gave seq " + message.seq()
                                + " where " + expected + " was due, or not as it was appended");
                return;
            }
            expected++;
        }
        boolean exists = conversation != null && query.range().first() <= conversation.head();
        if (exists && page.messages().isEmpty()) {
            referee.violated(
                    Invariant.CONFIRMED_MESSAGES_STAY,
                    "seq " + query.range().first() + " of " + query.conversation() + " is not there any more");
        }
    }

    /** What does not hold where a message is not what the log has now at the place where it was looked for. */
    private static Invariant broken(Message message, @Nullable LoggedConversation conversation) {
        LoggedEntry entry = conversation == null ? null : conversation.entry(message.seq());
        if (entry == null || !entry.wasEver(message)) {
            return Invariant.LOG_HAS_NO_GAP;
        }
        return entry.is(message)
                ? Invariant.LOG_HAS_NO_GAP
                : entry.recalledBy() > 0 ? Invariant.RECALLED_IS_GONE : Invariant.REVISIONS_CONVERGE;
    }

    void subscription(Ledger ledger, CursorKey key, Subscription s) {
        Entitlement entitlement = ledger.entitlement(key.conversation(), key.user());
        if (entitlement == null || s.firstSeq() != entitlement.first() || s.lastSeq() != entitlement.last()) {
            referee.violated(
                    Invariant.ENTITLEMENT,
                    key + " is told to see " + s.firstSeq() + " to " + s.lastSeq() + "; it sees " + entitlement);
            return;
        }
        long floor = Math.max(ledger.floor(key), s.firstSeq() - 1);
        if (s.lastAck() != floor) {
            referee.violated(
                    Invariant.POSITIONS_NEVER_FALL,
                    "the floor of " + key + " is told as " + s.lastAck() + "; it is " + floor);
        }
        long read = ledger.read(key.conversation(), key.user());
        if (s.lastRead() != read) {
            referee.violated(
                    Invariant.POSITIONS_NEVER_FALL,
                    "the read position of " + key.user() + " in " + key.conversation() + " is told as " + s.lastRead()
                            + "; it is " + read);
        }
    }

    /** The whole log, from the first message to the last. */
    void whole(LoggedConversation conversation, ImStore store) {
        Map<ConversationId, Long> heads = store.log().heads(List.of(conversation.id()));
        long head = heads.getOrDefault(conversation.id(), 0L);
        if (head != conversation.head()) {
            referee.violated(
                    Invariant.CONFIRMED_MESSAGES_STAY,
                    conversation.id() + " ends at " + head + "; " + conversation.head() + " were appended");
        }
        long next = 1;
        while (next <= conversation.head()) {
            LogQuery query =
                    new LogQuery(conversation.id(), new SeqRange(next, conversation.head()), Integer.MAX_VALUE);
            List<Message> messages = store.log().read(List.of(query)).get(0).messages();
            if (messages.isEmpty()) {
                referee.violated(
                        Invariant.CONFIRMED_MESSAGES_STAY,
                        "seq " + next + " of " + conversation.id() + " is not there any more");
                return;
            }
            for (Message message : messages) {
                if (message.seq() != next || !conversation.holds(message)) {
                    referee.violated(
                            broken(message, conversation),
                            conversation.id() + " has seq " + message.seq() + " where " + next
                                    + " was due, or not as it was appended");
                    return;
                }
                next++;
            }
        }
    }
}
