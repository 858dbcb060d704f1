package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AdvanceOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.log.SeqRange;
import io.lastack.spi.DeviceStart;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds of a store that does not declare a power: what the power would change does not change. */
final class UndeclaredSuites {
    private UndeclaredSuites() {}

    /** Without retention. */
    static final class Retention extends StoreSuite {
        Retention(StoreContract contract) {
            super(contract);
        }

        @Test
        void everyMessageStaysThoughEverybodyHasReadIt() {
            Draft first = text(alice, ConversationId.direct(alice, bob));
            appended(first);
            send(alice, first.conversation(), 299);
            for (var user : List.of(alice, bob)) {
                ack(first.conversation(), user, phone, 300);
                read(first.conversation(), user, 300, SENT_AT);
            }

            assertThat(seqs(read(first.conversation()))).isEqualTo(seqs(1, 300));
            assertThat(page(first.conversation(), new SeqRange(1, 1), 1).trimmedThrough())
                    .isZero();
            assertThat(append(first)).containsExactly(new AlreadyAppended(1, SENT_AT));
        }
    }

    /** Without erasure. */
    static final class Erasure extends StoreSuite {
        Erasure(StoreContract contract) {
            super(contract);
        }

        @Test
        void whatAMemberSentStaysWhenItIsRemoved() {
            ConversationId group = newGroup("g", History.ALL, bob);
            Draft draft = draft(
                    bob,
                    group,
                    new Content(
                            Content.MESSAGE, "text", Payload.text("stays"), Map.of("k", "v"), 0, List.of(alice), 0));
            appended(draft);
            remove(group, bob);
            dissolve(group);

            assertThat(read(group).get(1)).isEqualTo(draft.at(2, SENT_AT));
            assertThat(entitled(group, 2)).containsExactlyInAnyOrder(alice, bob);
        }
    }

    /** Without export. */
    static final class Export extends StoreSuite {
        Export(StoreContract contract) {
            super(contract);
        }

        @Test
        void theDataOfAUserCanBeAskedForByConversation() {
            ConversationId direct = directWith(2);
            ConversationId inbox = ConversationId.inbox(alice);
            send(bob, inbox, 2);
            ack(direct, alice, phone, 1);

            assertThat(memberships().subscriptions(alice, phone, null, 10))
                    .extracting(s -> s.conversation(), s -> s.lastAck())
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(direct, 1L),
                            org.assertj.core.groups.Tuple.tuple(inbox, 0L));
            assertThat(read(direct)).hasSize(2);
            assertThat(read(inbox)).hasSize(2);
        }
    }

    /** Without renewal of the epoch. */
    static final class Epoch extends StoreSuite {
        Epoch(StoreContract contract) {
            super(contract);
        }

        @Test
        void theEpochStaysWhateverIsDone() {
            String before = log().epoch();
            ConversationId group = newGroup("g", History.ALL, bob);
            ack(group, bob, phone, 1);
            ack(group, bob, phone, 100);
            dissolve(group);

            assertThat(log().epoch()).isNotBlank().isEqualTo(before);
        }
    }

    /** Without positions of other logs. */
    static final class Positions extends StoreSuite {
        Positions(StoreContract contract) {
            super(contract);
        }

        @Test
        void aPositionInALogThatIsNotHereIsRefused() {
            ConversationId elsewhere = group("elsewhere");

            assertThat(ack(elsewhere, alice, phone, 1)).isEqualTo(AdvanceOutcome.REFUSED);
            assertThat(read(elsewhere, alice, 1, 9)).isEqualTo(AdvanceOutcome.REFUSED);
            assertThat(cursors().register(alice, phone, DeviceStart.HEAD)).isTrue();
            assertThat(memberships().conversations(alice)).isEmpty();
        }
    }

    /** Without answers for positions elsewhere. */
    static final class PositionsElsewhere extends StoreSuite {
        PositionsElsewhere(StoreContract contract) {
            super(contract);
        }

        @Test
        void whatIsUnreadIsCountedAboveItsOwnPositions() {
            ConversationId direct = directWith(5);
            read(direct, bob, 2, 9);

            assertThat(subscription(bob, direct).unread()).isEqualTo(3);
            assertThat(subscription(bob, direct).lastRead()).isEqualTo(2);
        }
    }
}
