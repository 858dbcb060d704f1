package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How much is unread. */
abstract class UnreadSuite extends StoreSuite {
    UnreadSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void whatOthersSentAboveTheReadCursorIsUnread() {
        ConversationId direct = directWith(10);
        assertThat(unread(bob, direct)).isEqualTo(10);

        read(direct, bob, 4, SENT_AT);
        assertThat(unread(bob, direct)).isEqualTo(6);
        read(direct, bob, 10, SENT_AT);
        assertThat(unread(bob, direct)).isZero();
        send(alice, direct);
        assertThat(unread(bob, direct)).isEqualTo(1);
    }

    @Test
    void onesOwnMessagesAreNotUnreadAndMoveNoCursor() {
        ConversationId direct = directWith(3);
        send(bob, direct, 2);
        send(alice, direct, 4);
        send(bob, direct, 1);

        assertThat(unread(alice, direct)).isEqualTo(3);
        assertThat(unread(bob, direct)).isEqualTo(7);
        assertThat(subscription(bob, direct).lastRead()).isZero();
        assertThat(subscription(bob, direct).lastAck()).isZero();
        read(direct, bob, 4, SENT_AT);
        assertThat(unread(bob, direct)).isEqualTo(4);
    }

    @Test
    void messagesAndNotificationsCountAndNothingElse() {
        ConversationId direct = ConversationId.direct(alice, bob);
        for (String kind : List.of(
                Content.REACTION, Content.MESSAGE, Content.MEMBERSHIP, Content.EDIT, Content.NOTIFICATION, "x-host")) {
            append(draft(alice, direct, new Content(kind, "text", Payload.text("t"), Map.of(), 0, List.of(), 2)));
        }

        assertThat(unread(bob, direct)).isEqualTo(2);
        read(direct, bob, 2, SENT_AT);
        assertThat(unread(bob, direct)).isEqualTo(1);
        read(direct, bob, 6, SENT_AT);
        assertThat(unread(bob, direct)).isZero();
    }

    @Test
    void whatCameBeforeAMemberJoinedIsNotUnread() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        send(bob, group, 5);
        add(group, carol);
        send(bob, group, 3);
        send(carol, group, 1);

        assertThat(unread(carol, group)).isEqualTo(3);
        assertThat(unread(alice, group)).isEqualTo(9);
    }

    @Test
    void inAGroupWithOpenHistoryWhatCameBeforeIsUnread() {
        ConversationId group = newGroup("g", History.ALL, bob);
        send(bob, group, 5);
        add(group, carol);
        send(bob, group, 3);

        assertThat(unread(carol, group)).isEqualTo(8);
    }

    @Test
    void whatCameAfterAMemberLeftIsNotUnread() {
        ConversationId group = newGroup("g", History.ALL, bob);
        send(alice, group, 4);
        remove(group, bob);
        send(alice, group, 7);

        assertThat(unread(bob, group)).isEqualTo(4);
        read(group, bob, 3, SENT_AT);
        assertThat(unread(bob, group)).isEqualTo(2);
    }

    @Test
    void whatCameWhileAMemberWasAwayIsNotUnread() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        send(alice, group, 4);
        read(group, bob, 2, SENT_AT);
        remove(group, bob);
        send(alice, group, 7);
        add(group, bob);
        assertThat(unread(bob, group)).isZero();

        send(alice, group, 2);
        assertThat(unread(bob, group)).isEqualTo(2);
    }

    @Test
    void whatIsInAnInboxIsUnreadForItsOwner() {
        ConversationId inbox = ConversationId.inbox(alice);
        send(bob, inbox, 3);
        send(alice, inbox, 2);

        assertThat(unread(alice, inbox)).isEqualTo(3);
    }

    @Test
    void aLongLogIsCountedToo() {
        ConversationId direct = ConversationId.direct(alice, bob);
        for (int i = 0; i < 4; i++) {
            send(alice, direct, 200);
            send(bob, direct, 100);
        }
        read(direct, alice, 350, SENT_AT);

        assertThat(unread(alice, direct)).isEqualTo(300);
        assertThat(unread(bob, direct)).isEqualTo(800);
    }

    private long unread(UserId user, ConversationId conversation) {
        long unread = subscription(user, conversation).unread();
        assertThat(memberships().subscriptions(user, laptop, null, 100))
                .filteredOn(s -> s.conversation().equals(conversation))
                .hasSize(1)
                .allSatisfy(s -> assertThat(s.unread()).isEqualTo(unread));
        return unread;
    }
}
