package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.Standing;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the declared powers of a durable store did outlives a close. */
final class PowerRestartSuites {
    private PowerRestartSuites() {}

    /** With retention. */
    static final class Retention extends StoreSuite {
        private final DurableStoreContract contract;

        Retention(DurableStoreContract contract) {
            super(contract);
            this.contract = contract;
        }

        @Test
        void whatWasDeletedStaysDeletedAndSeqsGoOn() throws Exception {
            ConversationId direct = directWith(9);
            ConversationId empty = ConversationId.inbox(bob);
            send(alice, empty, 4);
            retention().trim(direct, 5, Long.MAX_VALUE, 100);
            retention().trim(empty, 4, Long.MAX_VALUE, 100);
            contract.restart();

            assertThat(seqs(read(direct))).isEqualTo(seqs(6, 9));
            assertThat(page(direct, new SeqRange(1, 9), 1).trimmedThrough()).isEqualTo(5);
            assertThat(page(empty, new SeqRange(1, 9), 1).trimmedThrough()).isEqualTo(4);
            assertThat(send(alice, direct)).isEqualTo(10);
            assertThat(send(alice, empty)).isEqualTo(5);
            assertThat(subscription(bob, direct).unread()).isEqualTo(5);
        }
    }

    /** With erasure. */
    static final class Erasure extends StoreSuite {
        private final DurableStoreContract contract;

        Erasure(DurableStoreContract contract) {
            super(contract);
            this.contract = contract;
        }

        @Test
        void whoWasErasedStaysErased() throws Exception {
            ConversationId group = newGroup("g", History.ALL, bob);
            send(bob, group, 3);
            cursors().register(bob, phone, DeviceStart.HEAD);
            for (String at = erasure().erase(bob, null, 10); at != null; ) {
                at = erasure().erase(bob, at, 10);
            }
            List<Message> blank = read(group);
            contract.restart();

            assertThat(read(group)).isEqualTo(blank).hasSize(4);
            assertThat(blank.get(3).content().payload().size()).isZero();
            assertThat(memberships().subscriptions(bob, phone, null, 10)).isEmpty();
            assertThat(cursors().register(bob, phone, DeviceStart.HEAD)).isTrue();
            assertThat(send(alice, group)).isEqualTo(5);
        }
    }

    /** With renewal of the epoch. */
    static final class Epoch extends StoreSuite {
        private final DurableStoreContract contract;

        Epoch(DurableStoreContract contract) {
            super(contract);
            this.contract = contract;
        }

        @Test
        void aRenewedEpochStays() throws Exception {
            String fresh = UUID.randomUUID().toString();
            epochRenewal().renew(log().epoch(), fresh);
            contract.restart();

            assertThat(log().epoch()).isEqualTo(fresh);
        }
    }

    /** With positions of other logs. */
    static final class Positions extends StoreSuite {
        private final DurableStoreContract contract;

        Positions(DurableStoreContract contract) {
            super(contract);
            this.contract = contract;
        }

        @Test
        void positionsOfAnotherLogAndTheirDevicesAreThere() throws Exception {
            ConversationId group = group("g");
            positions().raiseAcks(List.of(new AckAdvance(new CursorKey(group, bob, phone), 7, 1_000)));
            positions().raiseReads(List.of(new ReadAdvance(group, bob, 5, 2_000)));
            positions().starting(bob, laptop);
            positions().registered(bob, phone);
            contract.restart();

            assertThat(positions().standings(group))
                    .containsOnly(Map.entry(bob, new Standing(Map.of(phone, new Standing.Ack(7, 1_000)), 5, 2_000)));
            assertThat(positions().starting(bob, phone)).isFalse();
            assertThat(positions().registered(bob, laptop)).isTrue();
        }
    }
}
