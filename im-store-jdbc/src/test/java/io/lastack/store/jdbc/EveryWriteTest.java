package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.spi.HostAppend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.store.fs.Recorder;
import org.h2.store.fs.rec.FilePathRec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * After every single write to the file, opens a copy of it, which is what a process that dies at that moment leaves, and
 * compares it with what had been confirmed. Kills at random moments hit the time between two writes of one checkpoint
 * about once in ten thousand.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class EveryWriteTest {
    private static final int MESSAGES =
            Integer.getInteger("lastack.messages", Boolean.getBoolean("lastack.heavy") ? 1_500 : 500);
    private static final List<ConversationId> CONVERSATIONS = KillVictim.conversations();

    /** How long the log is, by its number, by its rows, and by its last row; and how far the device has confirmed. */
    private static final String LOGS = """
            SELECT c.name, c.last_seq,
                (SELECT COUNT(*) FROM lastack_message m WHERE m.conv = c.id) AS n,
                (SELECT MAX(seq) FROM lastack_message m WHERE m.conv = c.id) AS top,
                (SELECT MAX(last_ack) FROM lastack_cursor a WHERE a.conv = c.id) AS floor
            FROM lastack_conversation c WHERE c.last_seq > 0""";

    @TempDir
    Path directory;

    private final AtomicLongArray heads = new AtomicLongArray(CONVERSATIONS.size());
    private final AtomicLongArray floors = new AtomicLongArray(CONVERSATIONS.size());
    private final AtomicInteger messages = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Image> recording = new AtomicReference<>();
    private int checked;
    private JdbcStore store;

    @BeforeEach
    void open() {
        FilePathRec.register();
        FilePathRec.setRecorder(this::written);
        recording.set(new Image());
        store = JdbcStore.builder(url()).acceptUnsafeDatabase().open();
    }

    @AfterEach
    void close() {
        FilePathRec.setRecorder((op, name, data, x) -> {});
    }

    @Test
    void everyWriteOfASingleWriterLeavesAllThatWasConfirmed() {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        append(new Random(seed));
        finish("one writer, seed " + seed);
    }

    @Test
    void everyWriteAmongSeveralWritersLeavesWholeTransactions() throws Exception {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        CompletableFuture<?>[] writers = {
            CompletableFuture.runAsync(() -> append(new Random(seed)), this::start),
            CompletableFuture.runAsync(() -> append(new Random(seed + 1)), this::start),
            CompletableFuture.runAsync(() -> acknowledge(new Random(seed + 2)), this::start)
        };
        CompletableFuture.allOf(writers).get(10, TimeUnit.MINUTES);
        finish("three writers, seed " + seed);
    }

    @Test
    void everyWriteAmongTransactionsOfTheHostInTheirTurnsLeavesThemWhole() throws Exception {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        CompletableFuture<?>[] writers = {
            CompletableFuture.runAsync(() -> append(new Random(seed)), this::start),
            CompletableFuture.runAsync(() -> appendAsHost(new Random(seed + 1)), this::start)
        };
        CompletableFuture.allOf(writers).get(10, TimeUnit.MINUTES);
        finish("a host, seed " + seed);
    }

    /** Closing writes too. */
    private void finish(String what) {
        store.close();
        System.out.println("every write: " + what + ": " + checked + " writes, " + messages + " messages, "
                + problems.size() + " bad");
        assertThat(problems).as(what).isEmpty();
        assertThat(checked).isGreaterThan(MESSAGES / 50);
    }

    private void start(Runnable task) {
        new Thread(task).start();
    }

    private void append(Random random) {
        while (messages.get() < MESSAGES) {
            int size = 1 + (int) Math.exp(random.nextDouble() * 3);
            int[] chosen = random.ints(size, 0, CONVERSATIONS.size())
                    .map(index -> random.nextInt(5) == 0 ? 0 : index)
                    .toArray();
            List<Draft> drafts = new ArrayList<>();
            for (int index : chosen) {
                drafts.add(draft(random, index));
            }
            List<AppendOutcome> outcomes = store.log().append(drafts, 1);
            for (int i = 0; i < size; i++) {
                heads.accumulateAndGet(chosen[i], ((Appended) outcomes.get(i)).seq(), Math::max);
            }
            messages.addAndGet(size);
        }
    }

    private void appendAsHost(Random random) {
        while (messages.get() < MESSAGES) {
            int index = random.nextInt(CONVERSATIONS.size());
            HostAppend appended;
            try (WriteTurn turn = store.turn();
                    Connection connection = DriverManager.getConnection(url(), "sa", "")) {
                connection.setAutoCommit(false);
                appended = store.appendIn(connection, List.of(draft(random, index), draft(random, index)), 1);
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                    continue;
                }
                connection.commit();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            appended.confirm();
            heads.accumulateAndGet(index, ((Appended) appended.outcomes().get(1)).seq(), Math::max);
            messages.addAndGet(2);
        }
    }

    private String url() {
        return "jdbc:h2:rec:" + directory.resolve("im");
    }

    private static Draft draft(Random random, int index) {
        return Draft.text(KillVictim.ALICE, CONVERSATIONS.get(index), "text ".repeat(random.nextInt(9)))
                .withClientMessageId(ClientMessageId.of(new UUID(random.nextLong(), random.nextLong()).toString()));
    }

    private void acknowledge(Random random) {
        while (messages.get() < MESSAGES) {
            int index = random.nextInt(CONVERSATIONS.size());
            long seq = heads.get(index);
            if (seq > floors.get(index)) {
                CursorKey key = new CursorKey(CONVERSATIONS.get(index), KillVictim.ALICE, KillVictim.PHONE);
                if (store.cursors()
                        .advanceAcks(List.of(new AckAdvance(key, seq)))
                        .get(0)
                        .equals(AdvanceOutcome.ADVANCED)) {
                    floors.accumulateAndGet(index, seq, Math::max);
                }
            }
        }
    }

    private synchronized void written(int operation, String name, byte[] data, long at) {
        Image image = recording.get();
        if (name.contains(directory.toString())
                && name.endsWith(".mv.db")
                && image.takes(operation, data, at)
                && store != null) {
            checked++;
            check(image);
        }
    }

    private void check(Image image) {
        long[] confirmedHeads = snapshot(heads);
        long[] confirmedFloors = snapshot(floors);
        Path copy = directory.resolve("copy.mv.db");
        try {
            Files.write(copy, image.content());
            // The file says so too: with another delay H2 stops a writer that it has just started, and may miss its
            // start.
            String settings = ";TRACE_LEVEL_FILE=0;WRITE_DELAY=" + Integer.MAX_VALUE;
            try (Connection connection =
                            DriverManager.getConnection("jdbc:h2:" + directory.resolve("copy") + settings, "sa", "");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(LOGS)) {
                while (row.next()) {
                    compare(row, confirmedHeads, confirmedFloors);
                }
            }
        } catch (SQLException e) {
            problems.add("write " + checked + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(ResultSet row, long[] confirmedHeads, long[] confirmedFloors) throws SQLException {
        int index = names().indexOf(row.getString("name"));
        long head = row.getLong("last_seq");
        long rows = row.getLong("n");
        long top = row.getLong("top");
        long floor = row.getLong("floor");
        if (head != rows || rows != top || head < confirmedHeads[index] || floor < confirmedFloors[index]) {
            problems.add("write " + checked + ", conversation " + index + ": head " + head + ", rows " + rows
                    + ", last row " + top + ", confirmed " + confirmedHeads[index] + "; floor " + floor + ", confirmed "
                    + confirmedFloors[index]);
        }
    }

    private static List<String> names() {
        return CONVERSATIONS.stream().map(ConversationId::value).toList();
    }

    private static long[] snapshot(AtomicLongArray values) {
        long[] copy = new long[values.length()];
        Arrays.setAll(copy, values::get);
        return copy;
    }

    /** The content of the file, kept by what is written to it. */
    private static final class Image {
        private byte[] bytes = new byte[1 << 20];
        private int size;

        /** Returns whether the file has other content now. */
        boolean takes(int operation, byte[] data, long at) {
            if (operation == Recorder.TRUNCATE) {
                size = (int) Math.min(size, at);
                return true;
            }
            if (operation != Recorder.WRITE) {
                return false;
            }
            int end = (int) at + data.length;
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
            }
            System.arraycopy(data, 0, bytes, (int) at, data.length);
            size = Math.max(size, end);
            return true;
        }

        byte[] content() {
            return Arrays.copyOf(bytes, size);
        }
    }
}
