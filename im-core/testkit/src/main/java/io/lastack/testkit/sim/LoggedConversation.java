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
    private final List<Draft> entries = new ArrayList<>();
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

    /** Whether a message that somebody was given is the one in the log. */
    boolean holds(Message message) {
        if (message.seq() > entries.size()) {
            return false;
        }
        Draft draft = entries.get((int) message.seq() - 1);
        return draft.sender().equals(message.sender())
                && message.clientMessageId().equals(draft.clientMessageId())
                && draft.content().equals(message.content());
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
        entries.add(draft);
        Change change = draft.change();
        if (change != null) {
            apply(change, draft.sender(), seq);
        }
        return null;
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
