package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.ConversationId;
import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.DeliveryMarks.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Remembering how far conversations were looked through: for stores that declare it. */
final class DeliveryMarkSuite extends StoreSuite {
    DeliveryMarkSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aMarkIsZeroUntilItIsMovedAndStaysWhereItWasMoved() {
        ConversationId direct = directWith(5);
        assertThat(marks().through(direct)).isZero();
        assertThat(marks().advance(direct, 0, 3)).isTrue();
        assertThat(marks().through(direct)).isEqualTo(3);
        assertThat(marks().advance(direct, 3, 5)).isTrue();
        assertThat(marks().through(direct)).isEqualTo(5);
    }

    @Test
    void whoSawAnotherMarkMovesNothing() {
        ConversationId direct = directWith(5);
        assertThat(marks().advance(direct, 2, 3)).isFalse();
        assertThat(marks().advance(direct, 0, 3)).isTrue();
        assertThat(marks().advance(direct, 0, 4)).isFalse();
        assertThat(marks().through(direct)).isEqualTo(3);
        assertThat(marks().advance(ConversationId.direct(carol, dave), 0, 1)).isFalse();
        assertThat(marks().through(ConversationId.direct(carol, dave))).isZero();
    }

    @Test
    void ofManyWhoMoveAMarkAtOnceOneDoes() throws Exception {
        ConversationId direct = directWith(20);
        for (long mark = 0; mark < 20; mark += 10) {
            long from = mark;
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                long through = from + i;
                tasks.add(() -> marks().advance(direct, from, through));
            }
            assertThat(Together.run(tasks)).containsOnlyOnce(true);
            if (from == 0) {
                assertThat(marks().advance(direct, marks().through(direct), 10)).isTrue();
            }
        }
    }

    @Test
    void marksAreListedInPagesWithTheHeadsOfTheirLogs() {
        ConversationId direct = directWith(4);
        ConversationId inbox = ConversationId.inbox(alice);
        send(bob, inbox, 2);
        assertThat(marks().advance(direct, 0, 1)).isTrue();
        List<Mark> all = new ArrayList<>();
        ConversationId after = null;
        for (List<Mark> page = marks().marks(null, 2); !page.isEmpty(); page = marks().marks(after, 2)) {
            all.addAll(page);
            after = page.get(page.size() - 1).conversation();
        }
        assertThat(all).contains(new Mark(direct, 1, 4), new Mark(inbox, 0, 2));
        assertThat(all).extracting(Mark::conversation).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNoMoveIsRefused() {
        ConversationId direct = directWith(2);
        assertThatIllegalArgumentException().isThrownBy(() -> marks().advance(direct, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> marks().advance(direct, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> marks().marks(null, 0));
    }

    private DeliveryMarks marks() {
        return deliveryMarks();
    }
}
