package io.lastack.testkit.sim;

import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one log holds, as far as appends took effect, and who may see what of it. */
final class LoggedConversation {
    private final ConversationId id;
    private final List<LoggedEntry> entries = new ArrayList<>();
    private final LoggedRevisions revisions = new LoggedRevisions(entries);
    private final Map<SendKey, Long> places = new HashMap<>();
    private final Map<UserId, Entitlement> entitlements = new LinkedHashMap<>();
    private final BitSet confirmed = new BitSet();
    private History history = History.ALL;
    private boolean dissolved;

    private record SendKey(UserId sender, ClientMessageId id) {}

    LoggedConversation(ConversationId id) {
        this.id = id;
        switch (id.kind()) {
            case DIRECT -> {
                entitlement(id.first()).join(1);
                entitlement(id.second()).join(1);
            }
            case INBOX -> entitlement(id.owner()).join(1);
            case GROUP -> {
                // Its members come with the change that creates it.
            }
        }
    }

    ConversationId id() {
        return id;
    }

    long head() {
        return entries.size();
    }

    boolean dissolved() {
        return dissolved;
    }

    /** Where a message is; 0 if it is not in the log. */
    long placeOf(UserId sender, ClientMessageId clientId) {
        return places.getOrDefault(new SendKey(sender, clientId), 0L);
    }

    /** @return null if there is no such entry */
    @Nullable
    LoggedEntry entry(long seq) {
        return seq < 1 || seq > entries.size() ? null : entries.get((int) seq - 1);
    }

    /** Whether a message that a reader was given is the one in the log, as it is or was. */
    boolean held(Message message) {
        LoggedEntry entry = entry(message.seq());
        return entry != null && entry.wasEver(message);
    }

    /** Whether a message that the store was read is the one in the log, as it is now. */
    boolean holds(Message message) {
        LoggedEntry entry = entry(message.seq());
        return entry != null && entry.is(message);
    }

    LoggedRevisions revisions() {
        return revisions;
    }

    /** @return what is wrong with the place that the store gave it, or null */
    @Nullable
    String append(Draft draft, long seq) {
        if (seq != head() + 1) {
            return id + " gave seq " + seq + " to a new message; " + (head() + 1) + " was expected";
        }
        Long earlier = places.putIfAbsent(new SendKey(draft.sender(), draft.requireClientMessageId()), seq);
        if (earlier != null) {
            return id + " stored message " + draft.clientMessageId() + " at " + seq + ", which it has at " + earlier;
        }
        entries.add(new LoggedEntry(draft));
        revisions.apply(draft.content(), draft.sender(), seq);
        Change change = draft.change();
        if (change != null) {
            apply(change, draft.sender(), seq);
        }
        return null;
    }

    /**
     * How many messages a user has not read, counted one by one.
     *
     * @param naming whether only those count that name the user
     */
    long unread(UserId user, long read, boolean naming) {
        Entitlement seen = of(user);
        long count = 0;
        long first = seen == null ? 1 : Math.max(read + 1, seen.first());
        long last = seen == null ? 0 : Math.min(head(), seen.last());
        for (long seq = first; seq <= last; seq++) {
            LoggedEntry entry = entries.get((int) seq - 1);
            if (entry.isRevisable()
                    && !entry.draft().sender().equals(user)
                    && (!naming || entry.now().mentions().contains(user))) {
                count++;
            }
        }
        return count;
    }

    private void apply(Change change, UserId sender, long seq) {
        if (change instanceof Change.CreateGroup create) {
            history = create.history();
            join(sender, seq);
            create.members().forEach(user -> join(user, seq));
        } else if (change instanceof Change.AddMembers add) {
            add.users().forEach(user -> join(user, seq));
        } else if (change instanceof Change.RemoveMembers remove) {
            remove.users().forEach(user -> {
                Entitlement entitlement = of(user);
                if (entitlement != null) {
                    entitlement.leave(seq);
                }
            });
        } else if (change instanceof Change.Dissolve) {
            entitlements.values().forEach(e -> e.leave(seq));
            dissolved = true;
        }
    }

    private void join(UserId user, long seq) {
        entitlement(user).join(history == History.ALL ? 1 : seq);
    }

    private Entitlement entitlement(UserId user) {
        return entitlements.computeIfAbsent(user, u -> new Entitlement());
    }

    /** What a user may see; null for who never belonged here. */
    @Nullable
    Entitlement of(UserId user) {
        return entitlements.get(user);
    }

    void confirm(long seq) {
        confirmed.set((int) seq);
    }

    boolean isConfirmed(long seq) {
        return confirmed.get((int) seq);
    }

    /** The highest seq of a confirmed message up to some seq; 0 if there is none. */
    long highestConfirmed(long upTo) {
        return Math.max(0, confirmed.previousSetBit((int) Math.min(upTo, head())));
    }

    /** Takes over what was confirmed in an older state of the same log, as far as it is still there. */
    void confirmAsIn(LoggedConversation older) {
        confirmed.or(older.confirmed);
        confirmed.clear((int) head() + 1, Math.max((int) head() + 1, confirmed.length()));
    }
}
