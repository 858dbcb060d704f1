package io.lastack.memory;

import io.lastack.cursor.AdvanceOutcome;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.Member;
import io.lastack.spi.Visible;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One user's place in one conversation: entitlement and positions. Outlives the membership itself; positions never fall. */
final class Membership {
    private final Conversation conversation;
    private final UserId user;
    private final Map<DeviceId, Floor> acks = new HashMap<>();
    private Role role;
    private long joinedSeq;
    private long firstSeq;
    private long lastSeq = Long.MAX_VALUE;
    private long lastRead;
    private long readAt;
    private long mutedUntil;

    Membership(Conversation conversation, UserId user, Role role, long joinedSeq, long firstSeq) {
        this.conversation = conversation;
        this.user = user;
        this.role = role;
        this.joinedSeq = joinedSeq;
        this.firstSeq = firstSeq;
    }

    ConversationId conversation() {
        return conversation.id();
    }

    Conversation in() {
        return conversation;
    }

    UserId user() {
        return user;
    }

    Role role() {
        return role;
    }

    long firstSeq() {
        return firstSeq;
    }

    long lastSeq() {
        return lastSeq;
    }

    long lastRead() {
        return lastRead;
    }

    boolean current() {
        return lastSeq == Long.MAX_VALUE;
    }

    /** The highest seq that exists and that the user may see. */
    long visibleHead() {
        return Math.min(conversation.entries().head(), lastSeq);
    }

    void setRole(Role newRole) {
        role = newRole;
    }

    void mute(long untilMillis) {
        mutedUntil = untilMillis;
    }

    long mutedUntil() {
        return mutedUntil;
    }

    void leave(long seq) {
        lastSeq = seq;
        mutedUntil = 0;
    }

    void rejoin(Role newRole, long newJoinedSeq, long newFirstSeq) {
        role = newRole;
        joinedSeq = newJoinedSeq;
        firstSeq = newFirstSeq;
        lastSeq = Long.MAX_VALUE;
    }

    /** The floor of a device, known or not. */
    long ack(DeviceId device) {
        return Math.max(firstSeq - 1, acks.getOrDefault(device, Floor.NONE).seq());
    }

    /** The highest floor of any of the user's devices. */
    long highestAck() {
        return Math.max(firstSeq - 1, highestStored());
    }

    /** The devices that have a position of their own here. */
    Set<DeviceId> devices() {
        return acks.keySet();
    }

    void start(DeviceId device, DeviceStart start) {
        long position = switch (start) {
            case FIRST_UNACKNOWLEDGED -> highestStored();
            case FIRST_VISIBLE -> 0;
            case HEAD -> visibleHead();
        };
        acks.merge(device, new Floor(position, 0), Floor::higher);
    }

    private long highestStored() {
        return acks.values().stream().mapToLong(Floor::seq).max().orElse(0);
    }

    AdvanceOutcome advanceAck(DeviceId device, long seq, long at) {
        if (seq > visibleHead()) {
            return AdvanceOutcome.REFUSED;
        }
        if (seq <= ack(device)) {
            return AdvanceOutcome.UNCHANGED;
        }
        acks.put(device, new Floor(seq, at));
        return AdvanceOutcome.ADVANCED;
    }

    AdvanceOutcome advanceRead(long seq, long at) {
        if (seq > visibleHead()) {
            return AdvanceOutcome.REFUSED;
        }
        if (seq <= lastRead) {
            return AdvanceOutcome.UNCHANGED;
        }
        lastRead = seq;
        readAt = at;
        return AdvanceOutcome.ADVANCED;
    }

    /** @param read the read cursor to count above */
    long unread(long read) {
        return conversation.entries().unread(user, Math.max(read, firstSeq - 1), visibleHead());
    }

    /** @param read the read cursor to count above */
    long mentions(long read) {
        return conversation.entries().mentions(user, Math.max(read, firstSeq - 1), visibleHead());
    }

    Visible visible() {
        return new Visible(firstSeq, visibleHead());
    }

    Member member() {
        return new Member(user, role, joinedSeq, mutedUntil);
    }

    /** As asked for a seq. */
    MemberState state(long seq) {
        return new MemberState(user, firstSeq, lastSeq, highestAck(), ackedAt(seq), lastRead, readAt);
    }

    private long ackedAt(long seq) {
        return acks.values().stream()
                .filter(floor -> floor.seq() >= seq && floor.at() > 0)
                .mapToLong(Floor::at)
                .min()
                .orElse(0);
    }

    /** Where a device is, and since when; 0 for a time that is not known. */
    private record Floor(long seq, long at) {
        static final Floor NONE = new Floor(0, 0);

        Floor higher(Floor other) {
            return other.seq > seq ? other : this;
        }
    }
}
