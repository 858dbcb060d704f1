package io.lastack.internal.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.CursorKey;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.VirtualRuntime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorJournalTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final UserId ANN = UserId.of("ann");
    private static final CursorKey KEY =
            new CursorKey(ConversationId.direct(ANN, UserId.of("ben")), ANN, DeviceId.of("phone"));

    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private final CursorJournal journal =
            new CursorJournal(MemoryStore.create().cursors(), runtime, INTERVAL, new Nobody());

    @Test
    void anAckThatIsStoredWhileALoginLooksAtTheStoreCountsForIt() {
        journal.acked(KEY, 0, 7);
        journal.reading(() -> {
            long storedSoFar = 0;
            runtime.advance(INTERVAL);
            journal.acked(KEY, 7, 9);
            journal.reading(() -> runtime.advance(INTERVAL));

            assertThat(journal.floor(KEY, storedSoFar)).isEqualTo(9);
        });
    }

    @Test
    void whatIsStoredIsForgottenWhenNobodyLooks() {
        journal.acked(KEY, 0, 7);
        journal.reading(() -> runtime.advance(INTERVAL));
        assertThat(journal.floor(KEY, 0)).isZero();

        journal.reading(() -> assertThat(journal.floor(KEY, 0)).isZero());
    }

    private static final class Nobody implements PositionListener {
        @Override
        public void acksStored(List<AckMove> moves) {}

        @Override
        public void acksRefused(List<AckMove> moves) {}

        @Override
        public void readsStored(List<ReadMove> moves) {}
    }
}
