package io.lastack.testkit.sim;

import io.lastack.cursor.CursorKey;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a store of one epoch has taken: the oracle's own books, kept from the calls that took effect and their answers. */
final class Ledger {
    private final String epoch;
    private final Map<ConversationId, LoggedConversation> conversations = new LinkedHashMap<>();
    private final Map<CursorKey, Long> floors = new LinkedHashMap<>();
    private final Map<CursorKey, Long> starts = new LinkedHashMap<>();
    private final Map<Reader, Long> highestFloors = new LinkedHashMap<>();
    private final Map<UserId, LoggedOwn> own = new LinkedHashMap<>();
    private final Map<Reader, Long> reads = new LinkedHashMap<>();

    /** One user in one conversation. */
    record Reader(ConversationId conversation, UserId user) {}

    Ledger(String epoch) {
        this.epoch = epoch;
    }

    String epoch() {
        return epoch;
    }

    Collection<LoggedConversation> all() {
        return conversations.values();
    }

    @Nullable
    LoggedConversation find(ConversationId id) {
        return conversations.get(id);
    }

    LoggedConversation at(ConversationId id) {
        return conversations.computeIfAbsent(id, LoggedConversation::new);
    }

    @Nullable
    Entitlement entitlement(ConversationId id, UserId user) {
        LoggedConversation conversation = conversations.get(id);
        return conversation == null ? null : conversation.of(user);
    }

    /** The stored floor of a device, without what its entitlement adds. */
    long floor(CursorKey key) {
        return floors.getOrDefault(key, 0L);
    }

    void raiseFloor(CursorKey key, long seq) {
        floors.merge(key, seq, Math::max);
        highestFloors.merge(new Reader(key.conversation(), key.user()), seq, Math::max);
    }

    Map<CursorKey, Long> floors() {
        return floors;
    }

    /** From where on a device is owed messages: what lies below it was given by the policy for new devices. */
    long start(CursorKey key) {
        return starts.getOrDefault(key, 0L);
    }

    void startAt(CursorKey key, long seq) {
        starts.merge(key, seq, Math::max);
        raiseFloor(key, seq);
    }

    /** The highest floor of a user's devices. */
    long highestFloor(ConversationId conversation, UserId user) {
        return highestFloors.getOrDefault(new Reader(conversation, user), 0L);
    }

    long read(ConversationId conversation, UserId user) {
        return reads.getOrDefault(new Reader(conversation, user), 0L);
    }

    void raiseRead(ConversationId conversation, UserId user, long seq) {
        reads.merge(new Reader(conversation, user), seq, Math::max);
    }

    Map<Reader, Long> reads() {
        return reads;
    }

    /** What a user has set for itself. */
    LoggedOwn own(UserId user) {
        return own.computeIfAbsent(user, u -> new LoggedOwn());
    }

    static CursorKey key(ConversationId conversation, UserId user, DeviceId device) {
        return new CursorKey(conversation, user, device);
    }
}
