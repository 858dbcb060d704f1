package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.UserId;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A user's conversations, as a device needs them at login. */
abstract class SubscriptionSuite extends StoreSuite {
    SubscriptionSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aSubscriptionSaysEverythingADeviceNeeds() {
        ConversationId group = newGroup(group("g"), "the name", History.FROM_JOIN, bob);
        send(bob, group, 4);
        add(group, carol);
        send(bob, group, 4);
        ack(group, carol, phone, 7);
        read(group, carol, 8, SENT_AT);

        assertThat(subscription(carol, phone, group))
                .isEqualTo(new Subscription(
                        group,
                        "the name",
                        Role.MEMBER,
                        10,
                        6,
                        Long.MAX_VALUE,
                        7,
                        8,
                        2,
                        0,
                        0,
                        0,
                        0,
                        ConversationSettings.NONE));
        assertThat(subscription(carol, laptop, group).lastAck()).isEqualTo(5);
    }

    @Test
    void allConversationsOfAUserAreListedInAscendingOrder() {
        ConversationId direct = directWith(1);
        ConversationId inbox = ConversationId.inbox(alice);
        send(bob, inbox);
        ConversationId big = newGroup("B", History.ALL);
        ConversationId small = newGroup("a", History.ALL);
        ConversationId number = newGroup("1", History.ALL);

        assertThat(listed(alice, null, 100)).containsExactly(direct, number, big, small, inbox);
        assertThat(listed(bob, null, 100)).containsExactly(direct);
        assertThat(listed(carol, null, 100)).isEmpty();
    }

    @Test
    void pagesOneAfterTheOtherGiveEveryConversationOnce() {
        List<ConversationId> conversations = Stream.concat(
                        users(17).stream().map(user -> ConversationId.direct(alice, user)),
                        users(6).stream().map(user -> newGroup(user.value().substring(14), History.ALL)))
                .toList();
        log().append(conversations.stream().map(c -> text(alice, c)).toList(), SENT_AT);
        List<ConversationId> all = new ArrayList<>();
        List<ConversationId> next;
        do {
            next = listed(alice, all.isEmpty() ? null : all.get(all.size() - 1), 5);
            assertThat(next).hasSizeLessThanOrEqualTo(5);
            all.addAll(next);
        } while (next.size() == 5);

        assertThat(all).isSorted().containsExactlyInAnyOrderElementsOf(conversations);
    }

    @Test
    void aListMayStartAfterAConversationThatIsNotTheUsers() {
        ConversationId last = newGroup("c", History.ALL);
        newGroup("a", History.ALL);

        assertThat(listed(alice, group("b"), 10)).containsExactly(last);
        assertThat(listed(alice, last, 10)).isEmpty();
    }

    @Test
    void aConversationThatTheUserLeftIsListedStill() {
        ConversationId group = newGroup("g", History.ALL, bob);
        remove(group, bob);
        send(alice, group, 5);

        Subscription listed = memberships().subscriptions(bob, phone, null, 10).get(0);

        assertThat(listed).isEqualTo(subscription(bob, group));
        assertThat(List.of(listed.lastSeq(), listed.head(), listed.visibleHead()))
                .containsExactly(2L, 7L, 2L);
    }

    @Test
    void ofSomeConversationsThoseAreToldThatTheUserBelongsOrBelongedTo() {
        ConversationId direct = directWith(1);
        ConversationId left = newGroup("left", History.ALL, bob);
        remove(left, bob);
        ConversationId foreign = newGroup("foreign", History.ALL);

        assertThat(memberships().subscriptions(bob, phone, List.of(foreign, left, direct, left, group("unknown"))))
                .extracting(Subscription::conversation)
                .containsExactlyInAnyOrder(left, direct);
        assertThat(memberships().subscriptions(bob, phone, List.of())).isEmpty();
    }

    @Test
    void hundredsOfConversationsAreToldAtOnceEachAsItIsAlone() {
        List<ConversationId> conversations = users(300).stream()
                .map(user -> ConversationId.direct(alice, user))
                .toList();
        log().append(conversations.stream().map(c -> text(alice, c)).toList(), SENT_AT);
        ack(conversations.get(3), alice, phone, 1);

        List<Subscription> some = memberships().subscriptions(alice, phone, conversations);

        assertThat(some).extracting(Subscription::conversation).containsExactlyInAnyOrderElementsOf(conversations);
        assertThat(memberships().subscriptions(alice, phone, null, 1_000)).containsExactlyInAnyOrderElementsOf(some);
        assertThat(some).filteredOn(s -> s.lastAck() == 1).containsExactly(subscription(alice, conversations.get(3)));
    }

    @Test
    void inADirectConversationThePositionsOfTheOtherUserAreTold() {
        ConversationId direct = directWith(9);
        ack(direct, bob, phone, 3);
        ack(direct, bob, laptop, 6);
        read(direct, bob, 2, SENT_AT);
        ack(direct, alice, phone, 8);
        read(direct, alice, 7, SENT_AT);

        assertThat(List.of(
                        subscription(alice, direct).peerAck(),
                        subscription(alice, direct).peerRead()))
                .containsExactly(6L, 2L);
        assertThat(List.of(
                        subscription(bob, direct).peerAck(),
                        subscription(bob, direct).peerRead()))
                .containsExactly(8L, 7L);
    }

    @Test
    void inGroupsAndInboxesThereIsNoOtherUser() {
        ConversationId group = newGroup("g", History.ALL, bob);
        ConversationId inbox = ConversationId.inbox(alice);
        send(bob, inbox);
        for (UserId user : List.of(alice, bob)) {
            ack(group, user, phone, 1);
            read(group, user, 1, SENT_AT);
        }
        ack(inbox, alice, phone, 1);
        read(inbox, alice, 1, SENT_AT);

        assertThat(memberships().subscriptions(alice, phone, null, 10))
                .hasSize(2)
                .allSatisfy(s -> assertThat(List.of(s.lastAck(), s.lastRead(), s.peerAck(), s.peerRead()))
                        .containsExactly(1L, 1L, 0L, 0L));
    }

    private List<ConversationId> listed(UserId user, @Nullable ConversationId after, int limit) {
        return memberships().subscriptions(user, phone, after, limit).stream()
                .map(Subscription::conversation)
                .toList();
    }
}
