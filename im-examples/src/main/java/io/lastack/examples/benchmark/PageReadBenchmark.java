package io.lastack.examples.benchmark;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.store.jdbc.JdbcStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a page costs that is read from the middle of a log of 10,000 messages of 200 bytes, in microseconds, beside the bare
 * statement for the same rows, whose columns are fetched and not looked at. For another database, which must be empty, add
 * {@code -p 'url=jdbc:postgresql://localhost/pages?user=im&password=…'}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // The harness fills the fields before it measures.
public class PageReadBenchmark {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);
    private static final int MESSAGES = 10_000;
    private static final int FIRST = 5_001;
    private static final int COLUMNS = 8;

    @Param("jdbc:h2:mem:pages")
    public String url;

    @Param({"1", "20", "100", "256"})
    public int length;

    private JdbcStore store;
    private Connection bare;

    @Setup
    public void fill() throws SQLException {
        store = JdbcStore.open(url);
        if (store.log().heads(List.of(DIRECT)).isEmpty()) {
            store.log()
                    .append(
                            IntStream.range(0, MESSAGES)
                                    .mapToObj(PageReadBenchmark::draft)
                                    .toList(),
                            1);
        }
        bare = url.startsWith("jdbc:h2:")
                ? DriverManager.getConnection(url, "sa", "")
                : DriverManager.getConnection(url);
    }

    private static Draft draft(int number) {
        return Draft.text(number % 2 == 0 ? ALICE : BOB, DIRECT, "x".repeat(200))
                .withClientMessageId(ClientMessageId.of("m" + number));
    }

    @TearDown
    public void close() throws SQLException {
        bare.close();
        store.close();
    }

    /** As the engine reads it. */
    @Benchmark
    public List<LogPage> page() {
        SeqRange range = new SeqRange(FIRST, FIRST + length - 1L);
        return store.log().read(List.of(new LogQuery(DIRECT, range, 1 << 20)));
    }

    /** The rows alone. */
    @Benchmark
    public int bareStatement() throws SQLException {
        int fetched = 0;
        try (PreparedStatement statement =
                bare.prepareStatement("SELECT seq, sender, client_id, sent_at, kind, shape, body, extra"
                        + " FROM lastack_message WHERE conv = 1 AND seq BETWEEN ? AND ? ORDER BY conv, seq")) {
            statement.setLong(1, FIRST);
            statement.setLong(2, FIRST + length - 1L);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    for (int i = 1; i <= COLUMNS; i++) {
                        fetched += rows.getObject(i) == null ? 0 : 1;
                    }
                }
            }
        }
        return fetched;
    }
}
