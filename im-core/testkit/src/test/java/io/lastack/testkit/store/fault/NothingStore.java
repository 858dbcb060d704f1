package io.lastack.testkit.store.fault;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Member;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import io.lastack.spi.Subscription;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store that does nothing and has nothing to tell. */
final class NothingStore implements ImStore, MessageLog, Memberships, Cursors {
    @Override
    public MessageLog log() {
        return this;
    }

    @Override
    public Memberships memberships() {
        return this;
    }

    @Override
    public Cursors cursors() {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public String epoch() {
        return "";
    }

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        return List.of();
    }

    @Override
    public List<LogPage> read(List<LogQuery> queries) {
        return queries.stream()
                .map(query -> new LogPage(query.conversation(), List.of(), 0))
                .toList();
    }

    @Override
    public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
        return List.of();
    }

    @Override
    public Map<ConversationId, Long> heads(Collection<ConversationId> conversations) {
        return Map.of();
    }

    @Override
    public Optional<ConversationInfo> find(ConversationId conversation) {
        return Optional.empty();
    }

    @Override
    public List<Member> members(ConversationId conversation, @Nullable UserId after, int limit) {
        return List.of();
    }

    @Override
    public List<Member> members(ConversationId conversation, Collection<UserId> users) {
        return List.of();
    }

    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, @Nullable ConversationId after, int limit) {
        return List.of();
    }

    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, Collection<ConversationId> conversations) {
        return List.of();
    }

    @Override
    public Map<UserId, Integer> conversationCounts(Collection<UserId> users) {
        return Map.of();
    }

    @Override
    public Set<ConversationId> conversations(UserId user) {
        return Set.of();
    }

    @Override
    public List<UserId> owners(ConversationId group, int limit) {
        return List.of();
    }

    @Override
    public List<UserId> blocked(UserId by, @Nullable UserId after, int limit) {
        return List.of();
    }

    @Override
    public Set<UserId> blocking(Collection<UserId> users, UserId blocked) {
        return Set.of();
    }

    @Override
    public List<MemberState> entitled(ConversationId conversation, long seq) {
        return List.of();
    }

    @Override
    public boolean register(UserId user, DeviceId device, DeviceStart start) {
        return false;
    }

    @Override
    public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        return List.of();
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        return List.of();
    }
}
