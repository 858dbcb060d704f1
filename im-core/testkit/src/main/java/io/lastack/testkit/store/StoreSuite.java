package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.Audience;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.EpochRenewal;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.LogRetention;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.Subscription;
import io.lastack.spi.UserErasure;
import io.lastack.spi.UserExport;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The words in which the suites are written. One instance serves one test: its users, groups and message ids have names
 * that no other test uses, now or in another run.
 */
abstract class StoreSuite {
    /** When everything is sent, unless a test says otherwise. */
    static final long SENT_AT = 1_795_187_000_123L;

    final DeviceId phone = DeviceId.of("phone");
    final DeviceId laptop = DeviceId.of("laptop");
    final UserId alice;
    final UserId bob;
    final UserId carol;
    final UserId dave;

    private final StoreContract contract;
    private final String prefix = UUID.randomUUID().toString().substring(0, 13) + ".";
    private final AtomicInteger ids = new AtomicInteger();

    StoreSuite(StoreContract contract) {
        this.contract = contract;
        this.alice = user("alice");
        this.bob = user("bob");
        this.carol = user("carol");
        this.dave = user("dave");
    }

    final MessageLog log() {
        return contract.store().log();
    }

    final Audience audience(ConversationId conversation, long seq) {
        return contract.store().audience(conversation, seq);
    }

    final Memberships memberships() {
        return contract.store().memberships();
    }

    final Cursors cursors() {
        return contract.store().cursors();
    }

    final LogRetention retention() {
        return contract.store().retention().orElseThrow(() -> new AssertionError("retention is no longer declared"));
    }

    final UserErasure erasure() {
        return contract.store().erasure().orElseThrow(() -> new AssertionError("erasure is no longer declared"));
    }

    final UserExport export() {
        return contract.store().export().orElseThrow(() -> new AssertionError("export is no longer declared"));
    }

    final EpochRenewal epochRenewal() {
        return contract.store()
                .epochRenewal()
                .orElseThrow(() -> new AssertionError("renewal of the epoch is no longer declared"));
    }

    final DeliveryMarks deliveryMarks() {
        return contract.store()
                .deliveryMarks()
                .orElseThrow(() -> new AssertionError("delivery marks are no longer declared"));
    }

    final Positions positions() {
        return contract.store()
                .positions()
                .orElseThrow(() -> new AssertionError("positions of other logs are no longer declared"));
    }

    final PositionsElsewhere positionsElsewhere() {
        return contract.store()
                .positionsElsewhere()
                .orElseThrow(() -> new AssertionError("positions elsewhere are no longer declared"));
    }

    /** Whether the store can tell what it has of a user. */
    final boolean exports() {
        return contract.store().export().isPresent();
    }

    /** Whether the store can delete; a model-based run then does so too. */
    final boolean retains() {
        return contract.store().retention().isPresent();
    }

    final UserId user(String name) {
        return UserId.of(prefix + name);
    }

    final List<UserId> users(int count) {
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> user(String.format("u%04d", i)))
                .toList();
    }

    final ConversationId group(String name) {
        return ConversationId.group(prefix + name);
    }

    /** A message under an id that was not used yet. */
    final Draft text(UserId sender, ConversationId conversation) {
        int number = ids.incrementAndGet();
        return Draft.text(sender, conversation, "text " + number).withClientMessageId(id("id-" + number));
    }

    final Draft draft(UserId sender, ConversationId conversation, Content content) {
        return Draft.of(sender, conversation, content).withClientMessageId(id("id-" + ids.incrementAndGet()));
    }

    final Draft change(UserId sender, ConversationId group, Change change) {
        Content entry = new Content(Content.MEMBERSHIP, "custom", Payload.EMPTY, Map.of(), 0, List.of(), 0);
        return new Draft(group, sender, id("id-" + ids.incrementAndGet()), entry, change);
    }

    static ClientMessageId id(String value) {
        return ClientMessageId.of(value);
    }

    final List<AppendOutcome> append(Draft... drafts) {
        return log().append(List.of(drafts), SENT_AT);
    }

    /** Appends what must be appended for the first time. @return its seq */
    final long appended(Draft draft) {
        List<AppendOutcome> outcomes = append(draft);
        assertThat(outcomes).hasExactlyElementsOfTypes(AppendOutcome.Appended.class);
        return ((AppendOutcome.Appended) outcomes.get(0)).seq();
    }

    final long send(UserId sender, ConversationId conversation) {
        return appended(text(sender, conversation));
    }

    final void send(UserId sender, ConversationId conversation, int times) {
        List<Draft> drafts =
                Stream.generate(() -> text(sender, conversation)).limit(times).toList();
        assertThat(log().append(drafts, SENT_AT)).hasSize(times).hasOnlyElementsOfType(AppendOutcome.Appended.class);
    }

    /** A conversation of alice and bob with so many messages from alice. */
    final ConversationId directWith(int messages) {
        ConversationId direct = ConversationId.direct(alice, bob);
        send(alice, direct, messages);
        return direct;
    }

    /** A new group of alice, its owner, and others, named as its id; its creation is seq 1. */
    final ConversationId newGroup(String id, History history, UserId... members) {
        return newGroup(group(id), id, history, members);
    }

    final ConversationId newGroup(ConversationId group, String name, History history, UserId... members) {
        assertThat(appended(change(alice, group, new Change.CreateGroup(name, history, List.of(members)))))
                .isEqualTo(1);
        return group;
    }

    final long add(ConversationId group, UserId... users) {
        return appended(change(alice, group, new Change.AddMembers(List.of(users), Role.MEMBER)));
    }

    final long remove(ConversationId group, UserId... users) {
        return appended(change(alice, group, new Change.RemoveMembers(List.of(users))));
    }

    final long dissolve(ConversationId group) {
        return appended(change(alice, group, new Change.Dissolve()));
    }

    final LogPage page(ConversationId conversation, SeqRange range, int maxBytes) {
        List<LogPage> pages = log().read(List.of(new LogQuery(conversation, range, maxBytes)));
        assertThat(pages).hasSize(1);
        assertThat(pages.get(0).conversation()).isEqualTo(conversation);
        return pages.get(0);
    }

    /** The log from {@code first} on. */
    final List<Message> read(ConversationId conversation, long first) {
        return page(conversation, new SeqRange(first, Long.MAX_VALUE), Integer.MAX_VALUE)
                .messages();
    }

    final List<Message> read(ConversationId conversation) {
        return read(conversation, 1);
    }

    static List<Long> seqs(List<Message> messages) {
        return messages.stream().map(Message::seq).toList();
    }

    static List<Long> seqs(long first, long last) {
        return Stream.iterate(first, seq -> seq <= last, seq -> seq + 1).toList();
    }

    final Subscription subscription(UserId user, DeviceId device, ConversationId conversation) {
        List<Subscription> found = memberships().subscriptions(user, device, List.of(conversation));
        assertThat(found).as("subscriptions of %s to %s", user, conversation).hasSize(1);
        return found.get(0);
    }

    final Subscription subscription(UserId user, ConversationId conversation) {
        return subscription(user, phone, conversation);
    }

    final AdvanceOutcome ack(ConversationId conversation, UserId user, DeviceId device, long seq) {
        return ack(conversation, user, device, seq, 0);
    }

    final AdvanceOutcome ack(ConversationId conversation, UserId user, DeviceId device, long seq, long at) {
        List<AdvanceOutcome> outcomes =
                cursors().advanceAcks(List.of(new AckAdvance(new CursorKey(conversation, user, device), seq, at)));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    final AdvanceOutcome read(ConversationId conversation, UserId user, long seq, long at) {
        List<AdvanceOutcome> outcomes = cursors().advanceReads(List.of(new ReadAdvance(conversation, user, seq, at)));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    /** Who is entitled to {@code seq}. */
    final List<UserId> entitled(ConversationId conversation, long seq) {
        return memberships().entitled(conversation, seq).stream()
                .map(MemberState::user)
                .toList();
    }

    final MemberState state(ConversationId conversation, long seq, UserId user) {
        List<MemberState> found = memberships().entitled(conversation, seq).stream()
                .filter(state -> state.user().equals(user))
                .toList();
        assertThat(found).as("%s among those entitled to %s", user, seq).hasSize(1);
        return found.get(0);
    }
}
