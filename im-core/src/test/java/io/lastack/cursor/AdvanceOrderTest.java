package io.lastack.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Writers sort what they write, so that two of them take row locks in the same order. */
final class AdvanceOrderTest {
    private static final ConversationId A = ConversationId.group("a");
    private static final ConversationId B = ConversationId.group("b");
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final DeviceId WEB = DeviceId.of("web");

    @Test
    void acksAreOrderedByConversationThenUserThenDeviceThenSeq() {
        assertSortsTo(List.of(
                ack(A, ALICE, PHONE, 8),
                ack(A, ALICE, WEB, 1),
                ack(A, ALICE, WEB, 7),
                ack(A, BOB, PHONE, 6),
                ack(B, ALICE, PHONE, 5)));
    }

    @Test
    void readsAreOrderedByConversationThenUserThenSeqThenTime() {
        assertSortsTo(List.of(
                new ReadAdvance(A, ALICE, 1, 9),
                new ReadAdvance(A, ALICE, 8, 1),
                new ReadAdvance(A, ALICE, 8, 2),
                new ReadAdvance(A, BOB, 3, 0),
                new ReadAdvance(B, ALICE, 2, 0)));
    }

    @Test
    void positionsOutsideTheirBoundsAreRefused() {
        assertThat(ack(A, ALICE, WEB, 0).seq()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ack(A, ALICE, WEB, -1))
                .withMessage("seq -1 is not allowed; 0 or more is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReadAdvance(A, ALICE, 0, 0))
                .withMessage("seq 0 is not allowed; 1 or more is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReadAdvance(A, ALICE, 1, -1))
                .withMessage("at -1 is not allowed; 0 or more is");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without the checker may do
    void aPositionOfNobodyIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> new CursorKey(A, ALICE, null))
                .withMessage("device");
        assertThatNullPointerException()
                .isThrownBy(() -> new AckAdvance(null, 1))
                .withMessage("key");
        assertThatNullPointerException()
                .isThrownBy(() -> new ReadAdvance(A, null, 1, 0))
                .withMessage("user");
    }

    private static AckAdvance ack(ConversationId conversation, UserId user, DeviceId device, long seq) {
        return new AckAdvance(new CursorKey(conversation, user, device), seq);
    }

    private static <T extends Comparable<T>> void assertSortsTo(List<T> ascending) {
        List<T> reversed = new ArrayList<>(ascending);
        Collections.reverse(reversed);
        Collections.sort(reversed);
        assertThat(reversed).isEqualTo(ascending);
        for (int i = 1; i < ascending.size(); i++) {
            assertThat(ascending.get(i)).isGreaterThan(ascending.get(i - 1));
        }
    }
}
