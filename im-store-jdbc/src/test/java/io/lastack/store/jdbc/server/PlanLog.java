package io.lastack.store.jdbc.server;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The plans that a PostgreSQL server really carried out, as its {@code auto_explain} writes them. */
public final class PlanLog implements AutoCloseable {
    private static final long BOUND_NANOS = SECONDS.toNanos(30);
    private static final String RECORD = "plan-log-record:";

    private final PostgreSqlServer server;
    private int marks;

    private PlanLog(PostgreSqlServer server) {
        this.server = server;
    }

    /** Starts a server that can tell its plans. */
    public static PlanLog start() throws IOException {
        return new PlanLog(PostgreSqlServer.start(Map.of(
                "shared_preload_libraries", "auto_explain",
                "auto_explain.log_analyze", "on",
                "auto_explain.log_buffers", "on",
                "logging_collector", "on",
                "log_directory", "log",
                "log_filename", "plans.log",
                "log_line_prefix", RECORD)));
    }

    public PostgreSqlServer server() {
        return server;
    }

    /** Lets every session that begins from now on tell the plans of all its statements. */
    public void begin(String database) throws SQLException {
        server.execute("ALTER DATABASE " + database + " SET auto_explain.log_min_duration = 0");
    }

    /** Ends what {@link #begin} began, for sessions from now on. */
    public void end(String database) throws SQLException {
        server.execute("ALTER DATABASE " + database + " RESET auto_explain.log_min_duration");
    }

    /** The plans of what ran since this was asked last, each from the line with its duration on. */
    public List<String> take() throws IOException, SQLException {
        String before = mark(marks);
        String after = mark(++marks);
        server.execute("DO $$ BEGIN RAISE LOG '" + after + "'; END $$");
        long start = System.nanoTime();
        Path log = server.data().resolve("log").resolve("plans.log");
        while (System.nanoTime() - start < BOUND_NANOS) {
            String text = Files.exists(log) ? Files.readString(log) : "";
            int end = text.indexOf(after);
            if (end >= 0) {
                int begin = Math.max(0, text.indexOf(before));
                return Arrays.stream(text.substring(begin, end).split(RECORD, -1))
                        .filter(entry -> entry.contains("  plan:\n"))
                        .map(entry ->
                                entry.substring(entry.indexOf("duration:")).strip())
                        .toList();
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new IOException("PostgreSQL did not write " + after + " to " + log + " within 30 s");
    }

    private static String mark(int number) {
        return "plans until here: " + number + ".";
    }

    @Override
    public void close() {
        server.close();
    }
}
