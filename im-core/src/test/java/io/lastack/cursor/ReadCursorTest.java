package io.lastack.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadCursorTest {
    private static final long HEAD = 9;

    @Test
    void theHighestReadWinsInAnyOrderAndKeepsItsTime() {
        for (List<Integer> order : Orders.of(4)) {
            ReadCursor cursor = ReadCursor.nothingRead();
            for (int seq : order) {
                cursor = cursor.read(seq, 100 + seq, HEAD).read(seq, 900, HEAD);
            }
            assertThat(cursor).as("%s", order).isEqualTo(new ReadCursor(4, 104));
        }
    }

    @Test
    void theHeadItselfMayBeRead() {
        assertThat(ReadCursor.nothingRead().read(HEAD, 0, HEAD)).isEqualTo(new ReadCursor(HEAD, 0));
    }

    @Test
    void aPositionThatWasNeverSentIsRefused() {
        ReadCursor cursor = new ReadCursor(4, 104);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursor.read(10, 5, HEAD))
                .withMessage("seq 10 is not allowed; 1 to the head, 9, is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursor.read(0, 5, HEAD))
                .withMessage("seq 0 is not allowed; 1 to the head, 9, is");
    }

    @Test
    void impossibleStatesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReadCursor(-1, 0))
                .withMessage("lastRead -1 is not allowed; 0 or more is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReadCursor(1, -1))
                .withMessageStartingWith("readAt -1 is not allowed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReadCursor(0, 5))
                .withMessageStartingWith("readAt 5 is not allowed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReadCursor(5, 50).read(3, -1, HEAD))
                .withMessage("at -1 is not allowed; 0 or more is");
    }
}
