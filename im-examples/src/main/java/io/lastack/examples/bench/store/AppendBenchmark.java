package io.lastack.examples.bench.store;

import io.lastack.store.jdbc.JdbcStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How many messages a second the store on an H2 file appends durably, beside a bare JDBC loop that writes the same rows
 * into the same tables with the same commits and checkpoints, and nothing else: no locks, no look for repeats, no values.
 *
 * <p>Both run in turns of two seconds in one process, so that what else the machine does hits both. Messages of 200 bytes,
 * drawn into 1,000 direct conversations. The first turn of each is not counted. CPU is that of the process, garbage
 * collection included. Arguments: how many turns of each to count (5), and the list sizes (1 64 256).
 */
public final class AppendBenchmark {
    private static final long TURN_NANOS = 2_000_000_000L;

    private AppendBenchmark() {}

    public static void main(String[] args) throws IOException, SQLException {
        int turns = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int[] sizes = args.length > 1
                ? Stream.of(args).skip(1).mapToInt(Integer::parseInt).toArray()
                : new int[] {1, 64, 256};
        Path directory = Files.createTempDirectory("lastack-append");
        try {
            for (int size : sizes) {
                compare(directory, size, turns);
            }
        } finally {
            delete(directory);
        }
    }

    private static void compare(Path directory, int size, int turns) throws SQLException, IOException {
        Path bareFile = directory.resolve("bare-" + size);
        Path storeFile = directory.resolve("store-" + size);
        Tally bareTally = new Tally();
        Tally storeTally = new Tally();
        try (BareLoop bare = BareLoop.open(url(bareFile), size);
                StoreLoop store = new StoreLoop(JdbcStore.open(url(storeFile)), size)) {
            for (int turn = 0; turn <= turns; turn++) {
                run(bare, bareTally, turn > 0);
                run(store, storeTally, turn > 0);
            }
            print(size, "bare", bareTally, size(bareFile));
            print(size, "store", storeTally, size(storeFile));
        }
        System.out.printf(
                Locale.ROOT,
                "%5d  store/bare: %.2f of the messages a second, %.2f of the CPU a message; closed %d and %d B/msg%n",
                size,
                storeTally.perSecond() / bareTally.perSecond(),
                storeTally.cpuMicros() / bareTally.cpuMicros(),
                size(storeFile) / storeTally.stored,
                size(bareFile) / bareTally.stored);
    }

    private static String url(Path file) {
        return "jdbc:h2:file:" + file;
    }

    private static void run(Batches loop, Tally tally, boolean counts) throws SQLException {
        long start = System.nanoTime();
        long cpu = cpuNanos();
        long messages = 0;
        while (System.nanoTime() - start < TURN_NANOS) {
            messages += loop.append();
        }
        tally.add(messages, System.nanoTime() - start, cpuNanos() - cpu, counts);
    }

    private static void print(int size, String what, Tally tally, long bytes) {
        System.out.printf(
                Locale.ROOT,
                "%5d  %-5s %,9.0f msgs/s  %6.1f us CPU/msg  %,5d B/msg open  (%,d messages)%n",
                size,
                what,
                tally.perSecond(),
                tally.cpuMicros(),
                bytes / tally.stored,
                tally.stored);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long size(Path file) throws IOException {
        return Files.size(file.resolveSibling(file.getFileName() + ".mv.db"));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(AppendBenchmark::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that appends a batch at a time. */
    interface Batches {
        /** Appends one batch; returns how many messages it had. */
        int append() throws SQLException;
    }

    private static final class Tally {
        private long messages;
        private long nanos;
        private long cpuNanos;
        private long stored;

        void add(long newMessages, long newNanos, long newCpuNanos, boolean counts) {
            stored += newMessages;
            if (counts) {
                messages += newMessages;
                nanos += newNanos;
                cpuNanos += newCpuNanos;
            }
        }

        double perSecond() {
            return messages * 1e9 / nanos;
        }

        double cpuMicros() {
            return cpuNanos / 1e3 / messages;
        }
    }
}
