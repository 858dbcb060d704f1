package io.lastack.memory;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All data of one store. Its monitor guards everything that can be reached from it: whoever reads or changes any of it
 * holds that monitor, and hands out nothing but immutable values. One lock is enough, because every operation is short
 * and touches only memory, and it makes each of them atomic to all the others.
 */
final class State {
    private final Map<ConversationId, Conversation> conversations = new HashMap<>();
    private final Map<UserId, NavigableMap<ConversationId, Membership>> byUser = new HashMap<>();
    private final Map<UserId, Set<DeviceId>> devices = new HashMap<>();
    private final Map<UserId, Own> own = new HashMap<>();
    private String epoch;

    State(String epoch) {
        this.epoch = epoch;
    }

    String epoch() {
        return epoch;
    }

    void setEpoch(String fresh) {
        epoch = fresh;
    }

    /** All conversations, in no particular order. */
    Collection<Conversation> conversations() {
        return conversations.values();
    }

    @Nullable
    Conversation find(ConversationId conversation) {
        return conversations.get(conversation);
    }

    /** Whether a user belongs or belonged to a conversation, and how. */
    @Nullable
    Membership find(ConversationId conversation, UserId user) {
        Conversation found = conversations.get(conversation);
        return found == null ? null : found.membership(user);
    }

    /** The conversations that a user belongs or belonged to, in ascending order. */
    NavigableMap<ConversationId, Membership> of(UserId user) {
        NavigableMap<ConversationId, Membership> found = byUser.get(user);
        return found == null ? Collections.emptyNavigableMap() : found;
    }

    /** Brings the draft's conversation into being, with the members that its name tells. */
    Conversation create(Draft draft) {
        ConversationId id = draft.conversation();
        Conversation created = new Conversation(id, this::index);
        conversations.put(id, created);
        switch (id.kind()) {
            case DIRECT -> {
                created.joinByName(id.first());
                created.joinByName(id.second());
            }
            case INBOX -> created.joinByName(id.owner());
            case GROUP -> {
                // Its members come with the change that creates it.
            }
        }
        return created;
    }

    /** Makes a device known. @return whether it was new */
    boolean add(UserId user, DeviceId device) {
        return devices.computeIfAbsent(user, u -> new HashSet<>()).add(device);
    }

    Set<DeviceId> devices(UserId user) {
        return devices.getOrDefault(user, Set.of());
    }

    /** What a user has set for itself, made if there is nothing. */
    Own own(UserId user) {
        return own.computeIfAbsent(user, u -> new Own());
    }

    /** What a user has set for itself, or null. */
    @Nullable
    Own findOwn(UserId user) {
        return own.get(user);
    }

    /** Takes a user out of everything but the logs, and what others have set. */
    void remove(UserId user) {
        own.remove(user);
        devices.remove(user);
        Map<ConversationId, Membership> memberships = byUser.remove(user);
        if (memberships != null) {
            memberships.values().forEach(membership -> membership.in().remove(user));
        }
    }

    private void index(Membership membership) {
        byUser.computeIfAbsent(membership.user(), u -> new TreeMap<>()).put(membership.conversation(), membership);
    }
}
