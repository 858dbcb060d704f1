package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Member;
import io.lastack.spi.Subscription;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One run of random calls to a store, each answered as by a {@link Model} of its own. */
final class ModelRun {
    private final StoreSuite suite;
    private final List<UserId> users;
    private final List<ConversationId> conversations;
    private final RandomChat chat;
    private final Model model = new Model();

    private int operations;

    /** Where the run is, for whoever reads a failure. */
    private String what = "";

    /** @param name of the run, in the names of its users and groups */
    ModelRun(StoreSuite suite, String name, long seed) {
        this.suite = suite;
        this.users = Stream.of("ann", "Bea", "cat", "dan", "eve")
                .map(user -> suite.user(name + user))
                .toList();
        this.conversations = Stream.concat(
                        Stream.of(
                                ConversationId.direct(users.get(0), users.get(1)),
                                ConversationId.direct(users.get(1), users.get(2)),
                                ConversationId.inbox(users.get(0)),
                                ConversationId.inbox(users.get(3))),
                        IntStream.range(0, 5).mapToObj(i -> suite.group(name + i)))
                .toList();
        this.chat = new RandomChat(seed, users, conversations);
    }

    /** Returns how many drafts were appended, positions moved, devices registered and logs trimmed. */
    int play(int steps) {
        for (int step = 1; step <= steps; step++) {
            what = "step " + step + ": ";
            act();
            assertConversation(chat.conversation());
            assertUser(chat.user(), chat.device());
        }
        what = "at the end: ";
        assertEverything();
        return operations;
    }

    private void act() {
        switch (chat.below(10)) {
            case 0 -> register(chat.user(), chat.device(), chat.start());
            case 1, 2 -> ack(chat.acks(model.heads()));
            case 3, 4 -> read(chat.reads(model.heads()));
            case 5 -> trim(chat.conversation());
            default -> append(chat.drafts(model.heads()), StoreSuite.SENT_AT + chat.below(1_000));
        }
        LogQuery query = chat.query();
        LogPage page = suite.page(query.conversation(), query.range(), query.maxBytes());
        assertThat(page.messages()).as(what + query).isEqualTo(model.read(query));
        assertThat(page.trimmedThrough()).as(what + query).isEqualTo(model.trimmedThrough(query.conversation()));
        assertReactions(query.conversation(), query.range(), 1 + chat.below(20));
    }

    private void append(List<Draft> drafts, long sentAt) {
        operations += drafts.size();
        List<Object> expected = drafts.stream()
                .map(draft -> comparable(model.append(draft, sentAt)))
                .toList();

        assertThat(suite.log().append(drafts, sentAt))
                .as(what + drafts)
                .extracting(o -> comparable(o))
                .isEqualTo(expected);
    }

    private void trim(ConversationId conversation) {
        long through = chat.position(model.heads(), conversation);
        long sentBefore = chat.sentBefore(StoreSuite.SENT_AT);
        int atMost = chat.atMost();
        if (suite.retains()) {
            operations++;
            assertThat(suite.retention().trim(conversation, through, sentBefore, atMost))
                    .as(what + conversation + " trimmed through " + through + " before " + sentBefore)
                    .isEqualTo(model.trim(conversation, through, sentBefore, atMost));
        }
    }

    /** An outcome without the words that stores are free to choose. */
    private static Object comparable(AppendOutcome outcome) {
        return outcome instanceof Refused refused ? refused.reason() : outcome;
    }

    private void register(UserId user, DeviceId device, DeviceStart start) {
        operations++;
        assertThat(suite.cursors().register(user, device, start))
                .as(what + user + " registers " + device + " at " + start)
                .isEqualTo(model.register(user, device, start));
    }

    private void ack(List<AckAdvance> advances) {
        operations += advances.size();
        assertThat(suite.cursors().advanceAcks(advances))
                .as(what + advances)
                .isEqualTo(advances.stream().map(model::advance).toList());
    }

    private void read(List<ReadAdvance> advances) {
        operations += advances.size();
        assertThat(suite.cursors().advanceReads(advances))
                .as(what + advances)
                .isEqualTo(advances.stream().map(model::advance).toList());
    }

    private void assertReactions(ConversationId id, SeqRange targets, int limit) {
        assertThat(suite.log().reactions(id, targets, limit))
                .as(what + "reactions to " + targets + " of " + id + ", at most " + limit)
                .isEqualTo(model.reactions(id, targets, limit));
    }

    private void assertConversation(ConversationId id) {
        List<Member> members = model.members(id);
        assertThat(suite.memberships().find(id)).as(what + id).isEqualTo(model.find(id));
        assertThat(suite.memberships().members(id, null, 100)).as(what + id).isEqualTo(members);
        assertThat(suite.memberships().members(id, users.get(2), 1))
                .as(what + id)
                .isEqualTo(members.stream()
                        .filter(member -> member.user().compareTo(users.get(2)) > 0)
                        .limit(1)
                        .toList());
        assertThat(suite.memberships().members(id, users)).as(what + id).containsExactlyInAnyOrderElementsOf(members);
        assertThat(suite.memberships().owners(id, 100))
                .as(what + id)
                .containsExactlyInAnyOrderElementsOf(model.owners(id));
        for (long seq : new long[] {1, 5, 20}) {
            assertThat(suite.memberships().entitled(id, seq))
                    .as(what + "entitled to " + seq + " of " + id)
                    .containsExactlyInAnyOrderElementsOf(model.entitled(id, seq));
        }
    }

    private void assertUser(UserId user, DeviceId device) {
        List<Subscription> expected = model.subscriptions(user, device);
        assertThat(suite.memberships().subscriptions(user, device, null, 100))
                .as(what + user)
                .isEqualTo(expected);
        assertThat(suite.memberships().subscriptions(user, device, conversations))
                .as(what + user)
                .containsExactlyInAnyOrderElementsOf(expected);
        List<ConversationId> own =
                expected.stream().map(Subscription::conversation).toList();
        assertThat(suite.memberships().conversationCounts(List.of(user)))
                .as(what + user)
                .isEqualTo(own.isEmpty() ? Map.of() : Map.of(user, own.size()));
        assertThat(suite.memberships().conversations(user)).as(what + user).containsExactlyInAnyOrderElementsOf(own);
        assertThat(suite.memberships().blocked(user, null, 100)).as(what + user).isEqualTo(model.blocked(user));
        assertThat(suite.memberships().blocking(users, user))
                .as(what + user)
                .containsExactlyInAnyOrderElementsOf(users.stream()
                        .filter(by -> model.blocked(by).contains(user))
                        .toList());
        if (expected.size() > 2) {
            assertThat(suite.memberships()
                            .subscriptions(user, device, expected.get(0).conversation(), 2))
                    .as(what + user)
                    .isEqualTo(expected.subList(1, 3));
        }
    }

    private void assertEverything() {
        assertThat(suite.log().heads(conversations)).as(what).isEqualTo(model.heads());
        conversations.forEach(id -> assertConversation(id));
        users.forEach(user -> assertUser(user, chat.device()));
        for (ConversationId id : conversations) {
            LogQuery all = new LogQuery(id, new SeqRange(1, Long.MAX_VALUE), Integer.MAX_VALUE);
            assertThat(suite.read(id)).as(what + id).isEqualTo(model.read(all));
            assertReactions(id, all.range(), 1_000);
        }
    }
}
