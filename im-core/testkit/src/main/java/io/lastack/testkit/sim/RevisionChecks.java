package io.lastack.testkit.sim;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import io.lastack.spi.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what a store makes of recalls, edits, reactions, settings and blocks with the books. */
final class RevisionChecks {
    private static final int ALL = 100_000;
    /** A node may go on for 10 s with what it knows, and have a message on its way into the log for some more. */
    private static final long BLOCKED_FOR_SURE = 20_000_000_000L;

    private static final String OF_HOST = "host-";

    private final Referee referee;

    RevisionChecks(Referee referee) {
        this.referee = referee;
    }

    /** The store has taken a draft, which is not in the books yet. */
    void taken(Ledger ledger, Draft draft, long nanos) {
        LoggedConversation conversation = ledger.at(draft.conversation());
        Content content = draft.content();
        if (!conversation.revisions().allows(content)) {
            referee.violated(
                    Invariant.RECALLED_IS_GONE,
                    draft.conversation() + " took an entry of kind " + content.kind() + " of seq " + content.revises()
                            + ", which is no message or was recalled");
        }
        boolean byUser = !draft.requireClientMessageId().value().startsWith(OF_HOST);
        if (byUser
                && content.kind().equals(Content.MESSAGE)
                && draft.conversation().kind() == ConversationId.Kind.DIRECT) {
            UserId peer = draft.conversation().peerOf(draft.sender());
            if (nanos - ledger.own(peer).blockedSince(draft.sender()) > BLOCKED_FOR_SURE) {
                referee.violated(
                        Invariant.COUNTS_AND_SETTINGS_HOLD,
                        draft.sender() + " wrote into " + draft.conversation() + ", long after being blocked");
            }
        }
    }

    void counts(Ledger ledger, UserId user, Subscription told) {
        LoggedConversation conversation = ledger.at(told.conversation());
        long read = ledger.read(told.conversation(), user);
        long unread = conversation.unread(user, read, false);
        long mentions = conversation.unread(user, read, true);
        if (told.unread() != unread || told.mentions() != mentions) {
            referee.violated(
                    Invariant.COUNTS_AND_SETTINGS_HOLD,
                    user + " is told of " + told.unread() + " unread messages and " + told.mentions() + " mentions in "
                            + told.conversation() + "; it has " + unread + " and " + mentions);
        }
        if (!told.settings().equals(ledger.own(user).settings(told.conversation()))) {
            referee.violated(
                    Invariant.COUNTS_AND_SETTINGS_HOLD,
                    user + " is told " + told.settings() + " of " + told.conversation() + "; it has set "
                            + ledger.own(user).settings(told.conversation()));
        }
    }

    void blocked(Ledger ledger, UserId user, ImStore store) {
        List<UserId> told = store.memberships().blocked(user, null, ALL);
        if (!told.equals(ledger.own(user).blocked())) {
            referee.violated(
                    Invariant.COUNTS_AND_SETTINGS_HOLD,
                    user + " is told to block " + told + "; it blocks "
                            + ledger.own(user).blocked());
        }
    }

    void reactions(LoggedConversation conversation, ImStore store) {
        if (conversation.head() == 0) {
            return;
        }
        Map<Long, Map<LoggedRevisions.Key, Long>> told = new HashMap<>();
        for (Reaction reaction : store.log().reactions(conversation.id(), new SeqRange(1, conversation.head()), ALL)) {
            told.computeIfAbsent(reaction.target(), t -> new HashMap<>())
                    .put(new LoggedRevisions.Key(reaction.user(), reaction.emoji()), reaction.seq());
        }
        for (long seq = 1; seq <= conversation.head(); seq++) {
            Map<LoggedRevisions.Key, Long> booked = conversation.revisions().reactions(seq);
            if (!told.getOrDefault(seq, Map.of()).equals(booked)) {
                referee.violated(
                        Invariant.REVISIONS_CONVERGE,
                        "the reactions to seq " + seq + " of " + conversation.id() + " are told as " + told.get(seq)
                                + "; they are " + booked);
            }
        }
    }
}
