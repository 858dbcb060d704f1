package io.lastack.testkit.store.fault;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.Member;
import io.lastack.spi.Memberships;
import io.lastack.spi.Subscription;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Memberships and cursors in front of sound ones. */
abstract class FaultyMembers extends Faulty implements Memberships, Cursors {
    @Override
    public final Memberships memberships() {
        return this;
    }

    @Override
    public final Cursors cursors() {
        return this;
    }

    @Override
    public final Optional<ConversationInfo> find(ConversationId conversation) {
        return sound.memberships().find(conversation);
    }

    @Override
    public final List<Member> members(ConversationId conversation, @Nullable UserId after, int limit) {
        return sound.memberships().members(conversation, after, limit);
    }

    @Override
    public final List<Member> members(ConversationId conversation, Collection<UserId> users) {
        return sound.memberships().members(conversation, users);
    }

    @Override
    public final List<Subscription> subscriptions(
            UserId user, DeviceId device, @Nullable ConversationId after, int limit) {
        return sound.memberships().subscriptions(user, device, after, limit).stream()
                .map(s -> shown(s, user, device))
                .toList();
    }

    @Override
    public final List<Subscription> subscriptions(
            UserId user, DeviceId device, Collection<ConversationId> conversations) {
        return sound.memberships().subscriptions(user, device, conversations).stream()
                .map(s -> shown(s, user, device))
                .toList();
    }

    @Override
    public Map<UserId, Integer> conversationCounts(Collection<UserId> users) {
        return sound.memberships().conversationCounts(users);
    }

    @Override
    public Set<ConversationId> conversations(UserId user) {
        return sound.memberships().conversations(user);
    }

    @Override
    public final List<UserId> owners(ConversationId group, int limit) {
        return sound.memberships().owners(group, limit);
    }

    @Override
    public List<UserId> blocked(UserId by, @Nullable UserId after, int limit) {
        return sound.memberships().blocked(by, after, limit);
    }

    @Override
    public Set<UserId> blocking(Collection<UserId> users, UserId blocked) {
        return sound.memberships().blocking(users, blocked);
    }

    @Override
    public List<MemberState> entitled(ConversationId conversation, long seq) {
        return sound.memberships().entitled(conversation, seq);
    }

    @Override
    public boolean register(UserId user, DeviceId device, DeviceStart start) {
        return sound.cursors().register(user, device, start);
    }

    @Override
    public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        return sound.cursors().advanceAcks(advances);
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        return sound.cursors().advanceReads(advances);
    }

    Subscription shown(Subscription subscription, UserId user, DeviceId device) {
        return subscription;
    }

    static Subscription with(Subscription s, long lastAck, long unread) {
        return new Subscription(
                s.conversation(),
                s.name(),
                s.role(),
                s.head(),
                s.firstSeq(),
                s.lastSeq(),
                lastAck,
                s.lastRead(),
                unread,
                s.mentions(),
                s.peerAck(),
                s.peerRead(),
                s.mutedUntil(),
                s.settings());
    }
}
