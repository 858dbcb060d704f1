package io.lastack.testkit.sim;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.error.StoreException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The shared store as one life of a node reaches it: calls take time, fail before or after their effect, or never return. */
final class NodeStore implements ImStore, MessageLog, Memberships, Cursors {
    /** Enough for commits to overtake each other, as on a database. */
    private static final int LANES = 2;

    private final Process process;
    private final VirtualTime time;
    private final Truth truth;
    private final Weather weather;
    private final Referee referee;
    private final Trace trace;

    NodeStore(Process process, VirtualTime time, Truth truth, Weather weather, Referee referee, Trace trace) {
        this.process = process;
        this.time = time;
        this.truth = truth;
        this.weather = weather;
        this.referee = referee;
        this.trace = trace;
    }

    private <T> T call(String what, long size, Supplier<T> effect) {
        if (!process.mayBlock()) {
            referee.violated(
                    Invariant.NO_FAILURE, process.name() + " calls the store (" + what + ") where it must not block");
        }
        pass();
        if (weather.failsBefore()) {
            trace.note(process.name(), "store fails before", what, size, 0);
            throw new StoreException(what + " failed", null, weather.retryable(), StoreException.Effect.NOT_APPLIED);
        }
        T answer = effect.get();
        trace.note(process.name(), "store", what, size, 0);
        pass();
        if (weather.failsAfter()) {
            trace.note(process.name(), "store fails after", what, size, 0);
            throw new StoreException(what + " failed", null, weather.retryable(), StoreException.Effect.UNKNOWN);
        }
        return answer;
    }

    private void pass() {
        weather.pass(time);
        process.requireAlive();
    }

    @Override
    public String epoch() {
        return truth.epoch();
    }

    @Override
    public int parallelAppends() {
        return LANES;
    }

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        if (weather.locks(drafts)) {
            trace.note(process.name(), "store is locked", "append", drafts.size(), 0);
            throw new StoreException(
                    "a conversation is locked",
                    null,
                    true,
                    StoreException.Effect.NOT_APPLIED,
                    StoreException.Scope.CONVERSATION);
        }
        return call("append", drafts.size(), () -> truth.append(drafts, sentAt));
    }

    @Override
    public List<LogPage> read(List<LogQuery> queries) {
        List<LogPage> pages = call("read", queries.size(), () -> truth.read(queries));
        int lag = weather.lag();
        if (lag == 0) {
            return pages;
        }
        trace.note(process.name(), "store reads stale", "", lag, 0);
        return pages.stream().map(page -> asBefore(page, lag)).toList();
    }

    @Override
    public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
        return call("reactions", limit, () -> truth.reactions(conversation, targets, limit));
    }

    @Override
    public Map<ConversationId, Long> heads(Collection<ConversationId> conversations) {
        Map<ConversationId, Long> heads = call("heads", conversations.size(), () -> truth.heads(conversations));
        int lag = weather.lag();
        if (lag > 0) {
            trace.note(process.name(), "store tells stale heads", "", lag, 0);
            heads = new LinkedHashMap<>(heads);
            heads.replaceAll((conversation, head) -> Math.max(1, head - lag));
        }
        return heads;
    }

    private LogPage asBefore(LogPage page, int lag) {
        long end = truth.nextSeq(page.conversation()) - lag;
        return new LogPage(
                page.conversation(),
                page.messages().stream()
                        .filter(m -> m.seq() < end)
                        .map(m -> truth.asBefore(m, end - 1))
                        .toList(),
                page.trimmedThrough());
    }

    @Override
    public boolean register(UserId user, DeviceId device, DeviceStart start) {
        return call("register", 0, () -> truth.register(user, device, start));
    }

    @Override
    public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        return call("advance acks", advances.size(), () -> truth.advanceAcks(advances));
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        return call("advance reads", advances.size(), () -> truth.advanceReads(advances));
    }

    @Override
    public Optional<ConversationInfo> find(ConversationId conversation) {
        return call("find", 1, () -> members().find(conversation));
    }

    @Override
    public List<Member> members(ConversationId conversation, @Nullable UserId after, int limit) {
        return call("members", limit, () -> members().members(conversation, after, limit));
    }

    @Override
    public List<Member> members(ConversationId conversation, Collection<UserId> users) {
        return call("members", users.size(), () -> members().members(conversation, users));
    }

    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, @Nullable ConversationId after, int limit) {
        return call(
                "subscriptions",
                0,
                () -> truth.checked(user, device, members().subscriptions(user, device, after, limit)));
    }

    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, Collection<ConversationId> conversations) {
        return call(
                "subscriptions",
                conversations.size(),
                () -> truth.checked(user, device, members().subscriptions(user, device, conversations)));
    }

    @Override
    public Map<UserId, Integer> conversationCounts(Collection<UserId> users) {
        return call("conversation counts", users.size(), () -> members().conversationCounts(users));
    }

    @Override
    public Set<ConversationId> conversations(UserId user) {
        return call("conversations", 0, () -> members().conversations(user));
    }

    @Override
    public List<UserId> owners(ConversationId group, int limit) {
        return call("owners", limit, () -> members().owners(group, limit));
    }

    @Override
    public List<UserId> blocked(UserId by, @Nullable UserId after, int limit) {
        return call("blocked", limit, () -> members().blocked(by, after, limit));
    }

    @Override
    public Set<UserId> blocking(Collection<UserId> users, UserId blocked) {
        return call("blocking", users.size(), () -> members().blocking(users, blocked));
    }

    @Override
    public List<MemberState> entitled(ConversationId conversation, long seq) {
        return call("entitled", seq, () -> members().entitled(conversation, seq));
    }

    private Memberships members() {
        return truth.store().memberships();
    }

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
}
