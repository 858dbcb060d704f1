package io.lastack.testkit.sim;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether what an application has made of a conversation, of which it has everything up to a seq, is what the log says. */
final class MadeCheck {
    private final Ledger ledger;

    MadeCheck(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * @param from the lowest seq that the device was owed
     * @param upTo the highest that it has for sure
     * @return what is otherwise than the log says, or null
     */
    @Nullable
    String wrong(Device device, LoggedConversation conversation, long from, long upTo) {
        Made made = device.app().view(ledger.epoch(), conversation.id()).made();
        for (Message message : made.messages().tailMap(from).values()) {
            LoggedEntry entry = conversation.entry(message.seq());
            String what = device.name() + " has seq " + message.seq() + " of " + conversation.id();
            if (entry == null) {
                return what + ", which is not in the log";
            }
            if (message.content().revisedBy() < entry.changedBy(upTo) && !isBlanked(message, entry)) {
                return what + " as entry " + message.content().revisedBy() + " left it; entry " + entry.changedBy(upTo)
                        + " changed it since";
            }
            if (!entry.wasEver(message) && entry.recalledBy() == 0) {
                return what + " as it never was";
            }
            Map<LoggedRevisions.Key, Long> booked = conversation.revisions().reactions(message.seq());
            if (upTo == conversation.head() && !made.reactions(message.seq()).equals(booked)) {
                return what + " with the reactions " + made.reactions(message.seq()) + "; there are " + booked;
            }
        }
        boolean isInbox = conversation.id().kind() == ConversationId.Kind.INBOX;
        return isInbox && from == 1 && upTo == conversation.head() ? own(device, made) : null;
    }

    /** An edit of what was recalled says nothing any more, and does not tell by what. */
    private static boolean isBlanked(Message message, LoggedEntry entry) {
        return entry.now().kind().equals(Content.EDIT) && message.content().isBlank();
    }

    private @Nullable String own(Device device, Made made) {
        LoggedOwn own = ledger.own(device.user());
        if (!made.blocked().equals(new TreeSet<>(own.blocked()))) {
            return device.name() + " believes to block " + made.blocked() + "; " + device.user() + " blocks "
                    + own.blocked();
        }
        for (LoggedConversation of : ledger.all()) {
            if (!made.settings(of.id()).equals(own.settings(of.id()))) {
                return device.name() + " shows " + of.id() + " by " + made.settings(of.id()) + "; set is "
                        + own.settings(of.id());
            }
        }
        return null;
    }
}
