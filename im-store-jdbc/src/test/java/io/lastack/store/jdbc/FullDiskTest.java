package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.error.StoreException;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file on a disk that is full for a while. H2 closes the database then; nobody opens the store again. */
class FullDiskTest {
    private static final int MESSAGES = 20;
    private static final int MOST_TRIES = 300;

    @TempDir
    Path directory;

    private final List<Draft> confirmed = new ArrayList<>();
    private JdbcStore store;

    @BeforeEach
    void open() {
        FullDisk.register();
        FullDisk.fill(false);
        store = JdbcStore.builder("jdbc:h2:full:" + directory.resolve("im"))
                .acceptUnsafeDatabase()
                .open();
    }

    @AfterEach
    void close() {
        FullDisk.fill(false);
        store.close();
    }

    @Test
    void appendsFailAndMayBeRetriedAndGoOnOnceThereIsRoom() {
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(append(Chat.draft(DIRECT))).isTrue();
        }
        FullDisk.fill(true);
        Draft waiting = Chat.draft(DIRECT);
        for (int i = 0; i < 10; i++) {
            assertThat(append(waiting)).isFalse();
        }
        FullDisk.fill(false);
        int tries = 1;
        while (!append(waiting)) {
            assertThat(tries++).as("tries with room on the disk").isLessThan(MOST_TRIES);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(append(Chat.draft(DIRECT))).isTrue();
        }
        requireAllOnceInOrder();
        store.close();
        store = JdbcStore.builder("jdbc:h2:full:" + directory.resolve("im"))
                .acceptUnsafeDatabase()
                .open();
        requireAllOnceInOrder();
    }

    private void requireAllOnceInOrder() {
        List<Message> log = Chat.read(store, DIRECT);
        assertThat(log)
                .extracting(Message::clientMessageId)
                .isEqualTo(confirmed.stream().map(Draft::requireClientMessageId).toList());
        assertThat(log)
                .extracting(Message::seq)
                .isEqualTo(LongStream.rangeClosed(1, log.size()).boxed().toList());
    }

    /** Whether it is confirmed; otherwise the failure says that it may be retried. */
    private boolean append(Draft draft) {
        try {
            AppendOutcome outcome = store.log().append(List.of(draft), 1).get(0);
            assertThat(outcome).isNotInstanceOf(AppendOutcome.Refused.class);
            confirmed.add(draft);
            return true;
        } catch (StoreException e) {
            assertThat(e.retryable()).as(e.getMessage()).isTrue();
            return false;
        }
    }
}
