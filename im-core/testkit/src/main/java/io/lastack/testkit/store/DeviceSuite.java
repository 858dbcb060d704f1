package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a device starts that was never seen before. */
abstract class DeviceSuite extends StoreSuite {
    private final DeviceId tablet = DeviceId.of("tablet");

    DeviceSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aDeviceIsNewOnce() {
        assertThat(cursors().register(alice, phone, DeviceStart.HEAD)).isTrue();
        assertThat(cursors().register(alice, phone, DeviceStart.HEAD)).isFalse();
        assertThat(cursors().register(alice, phone, DeviceStart.FIRST_VISIBLE)).isFalse();
    }

    @Test
    void devicesOfDifferentUsersMayHaveTheSameName() {
        assertThat(cursors().register(alice, phone, DeviceStart.HEAD)).isTrue();
        assertThat(cursors().register(bob, phone, DeviceStart.HEAD)).isTrue();
        assertThat(cursors().register(alice, DeviceId.of("Phone"), DeviceStart.HEAD))
                .isTrue();
    }

    @Test
    void aDeviceMayStartAfterTheNewestMessageOfEachConversation() {
        ConversationId direct = directWith(9);
        ConversationId inbox = ConversationId.inbox(alice);
        send(bob, inbox, 3);
        cursors().register(alice, phone, DeviceStart.HEAD);

        assertThat(lastAck(direct, alice, phone)).isEqualTo(9);
        assertThat(lastAck(inbox, alice, phone)).isEqualTo(3);
        assertThat(lastAck(direct, alice, laptop)).isZero();
        assertThat(lastAck(direct, bob, phone)).isZero();
    }

    @Test
    void aDeviceMayStartAtTheFirstMessageThatItsUserMaySee() {
        ConversationId direct = directWith(9);
        ack(direct, alice, phone, 9);
        ConversationId group = newGroup("g", History.FROM_JOIN);
        send(alice, group, 4);
        add(group, bob);
        cursors().register(alice, tablet, DeviceStart.FIRST_VISIBLE);
        cursors().register(bob, tablet, DeviceStart.FIRST_VISIBLE);

        assertThat(lastAck(direct, alice, tablet)).isZero();
        assertThat(lastAck(group, bob, tablet)).isEqualTo(5);
        ack(group, bob, tablet, 6);
        assertThat(lastAck(group, bob, tablet)).isEqualTo(6);
    }

    @Test
    void aDeviceMayStartAtTheFirstMessageThatNoDeviceOfItsUserHas() {
        ConversationId direct = directWith(9);
        ConversationId inbox = ConversationId.inbox(alice);
        send(bob, inbox, 3);
        cursors().register(alice, phone, DeviceStart.FIRST_VISIBLE);
        cursors().register(alice, laptop, DeviceStart.FIRST_VISIBLE);
        ack(direct, alice, phone, 6);
        ack(direct, alice, laptop, 4);
        ack(direct, bob, tablet, 8);
        cursors().register(alice, tablet, DeviceStart.FIRST_UNACKNOWLEDGED);

        assertThat(lastAck(direct, alice, tablet)).isEqualTo(6);
        assertThat(lastAck(inbox, alice, tablet)).isZero();
    }

    @Test
    void theFirstDeviceOfAUserStartsAtTheFirstMessageThatTheUserMaySee() {
        ConversationId direct = directWith(9);
        ConversationId group = newGroup("g", History.FROM_JOIN);
        send(alice, group, 4);
        add(group, bob);
        read(direct, bob, 3, SENT_AT);

        assertThat(cursors().register(bob, phone, DeviceStart.FIRST_UNACKNOWLEDGED))
                .isTrue();
        assertThat(lastAck(direct, bob, phone)).isZero();
        assertThat(lastAck(group, bob, phone)).isEqualTo(5);
    }

    @Test
    void inAConversationThatItsUserLeftADeviceStartsNotAboveTheLastMessageSeen() {
        ConversationId group = newGroup("g", History.ALL, bob);
        send(alice, group, 3);
        ack(group, bob, phone, 2);
        remove(group, bob);
        send(alice, group, 3);
        cursors().register(bob, laptop, DeviceStart.HEAD);
        cursors().register(bob, tablet, DeviceStart.FIRST_UNACKNOWLEDGED);

        assertThat(lastAck(group, bob, laptop)).isEqualTo(5);
        assertThat(lastAck(group, bob, tablet)).isEqualTo(5);
        assertThat(lastAck(group, bob, phone)).isEqualTo(2);
    }

    @Test
    void inAConversationJoinedLaterADeviceStartsAtTheFirstMessageThatItsUserMaySee() {
        ConversationId before = directWith(1);
        assertThat(cursors().register(bob, phone, DeviceStart.HEAD)).isTrue();
        ConversationId open = newGroup("open", History.ALL);
        ConversationId closed = newGroup("closed", History.FROM_JOIN);
        send(alice, open, 4);
        send(alice, closed, 4);
        add(open, bob);
        add(closed, bob);
        ConversationId inbox = ConversationId.inbox(bob);
        send(alice, inbox, 2);

        assertThat(List.of(before, open, closed, inbox))
                .extracting(c -> lastAck(c, bob, phone))
                .containsExactly(1L, 0L, 5L, 0L);
    }

    @Test
    void aStartAtTheFirstMessageFollowsItDownWhenEarlierOnesBecomeVisible() {
        ConversationId group = newGroup("g", History.FROM_JOIN);
        send(alice, group, 4);
        add(group, bob);
        cursors().register(bob, phone, DeviceStart.FIRST_VISIBLE);
        cursors().register(bob, laptop, DeviceStart.FIRST_UNACKNOWLEDGED);
        cursors().register(bob, tablet, DeviceStart.HEAD);
        remove(group, bob);
        appended(change(alice, group, new Change.SetHistory(History.ALL)));
        add(group, bob);

        assertThat(List.of(phone, laptop, tablet))
                .extracting(device -> lastAck(group, bob, device))
                .containsExactly(0L, 0L, 6L);
    }

    @Test
    void aDeviceThatIsKnownStaysWhereItIs() {
        ConversationId direct = directWith(9);
        cursors().register(alice, phone, DeviceStart.FIRST_VISIBLE);
        ack(direct, alice, phone, 4);
        for (DeviceStart start : DeviceStart.values()) {
            assertThat(cursors().register(alice, phone, start)).isFalse();
        }

        assertThat(lastAck(direct, alice, phone)).isEqualTo(4);
    }

    @Test
    void aDeviceNeedNotBeRegisteredToAckAndIsNotSetBackWhenItIs() {
        ConversationId direct = directWith(9);
        ack(direct, alice, phone, 4);
        assertThat(lastAck(direct, alice, phone)).isEqualTo(4);

        assertThat(cursors().register(alice, phone, DeviceStart.FIRST_VISIBLE)).isTrue();
        assertThat(lastAck(direct, alice, phone)).isEqualTo(4);
    }

    private long lastAck(ConversationId conversation, UserId user, DeviceId device) {
        return subscription(user, device, conversation).lastAck();
    }
}
