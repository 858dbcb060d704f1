package io.lastack.examples.bench.store;

import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.redis.RedisStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import redis.clients.jedis.RedisClient;

/**
 * How many messages a second the store appends durably, beside a bare JDBC loop that makes the same group commits into the
 * same tables: seqs set aside under row locks (on H2: in memory), one look for repeats (on servers; {@code --no-look}
 * leaves it out), one insert of all, one commit; no values, no second try.
 *
 * <p>Both run in turns of two seconds in one process, so that what else the machine does hits both. Messages of 200 bytes,
 * drawn into 1,000 direct conversations, which the writers share out. The first turn of each is not counted. A list of 1
 * is one transaction a message. Arguments: list sizes (1 64 256), {@code --turns=5} to count of each, {@code --writers=1},
 * and the URLs of two empty databases, {@code --bare=URL --store=URL}; without them, H2 files. {@code --redis=URL} measures
 * the store on an empty Redis instead, with no other loop beside it.
 */
public final class AppendBenchmark {
    private static final long TURN_NANOS = 2_000_000_000L;
    private static final String HEADING =
            "size writers loop      msgs/s   p50 ms   p99 ms  us CPU/msg    B/msg  stored";

    private AppendBenchmark() {}

    public static void main(String[] args) throws Exception {
        AppendOptions options = AppendOptions.of(args);
        if (options.redisUrl() != null) {
            runOnRedis(options, options.redisUrl());
            return;
        }
        if (options.bareUrl() != null && options.storeUrl() != null) {
            run(options, options.bareUrl(), options.storeUrl());
            return;
        }
        Path directory = Files.createTempDirectory("lastack-append");
        try {
            run(options, "jdbc:h2:file:" + directory.resolve("bare"), "jdbc:h2:file:" + directory.resolve("store"));
        } finally {
            delete(directory);
        }
    }

    private static void run(AppendOptions options, String bareUrl, String storeUrl) throws Exception {
        BenchDatabase database = BenchDatabase.of(storeUrl);
        BareLoop.prepare(database, bareUrl);
        ExecutorService threads = Executors.newFixedThreadPool(options.writers());
        System.out.println(HEADING);
        try (JdbcStore store = JdbcStore.open(storeUrl)) {
            StoreLoop.prepare(store);
            for (int size : options.sizes()) {
                compare(options, size, database, bareUrl, storeUrl, store, threads);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void runOnRedis(AppendOptions options, String url) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(options.writers());
        System.out.println(HEADING);
        try (RedisClient client = RedisClient.create(url);
                RedisStore store = RedisStore.of(client)) {
            StoreLoop.prepare(store);
            for (int size : options.sizes()) {
                Tally tally = new Tally();
                long bytes = memory(client);
                List<Batches> loops = new ArrayList<>();
                for (int writer = 0; writer < options.writers(); writer++) {
                    loops.add(new StoreLoop(store, size, writer, options.writers()));
                }
                for (int turn = 0; turn <= options.turns(); turn++) {
                    turn(loops, tally, turn > 0, threads);
                }
                print(size, options.writers(), "redis", tally, memory(client) - bytes);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static long memory(RedisClient client) {
        return client.info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory_dataset:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    private static void compare(
            AppendOptions options,
            int size,
            BenchDatabase database,
            String bareUrl,
            String storeUrl,
            JdbcStore store,
            ExecutorService threads)
            throws Exception {
        Tally bareTally = new Tally();
        Tally storeTally = new Tally();
        long bareBytes = database.bytes(bareUrl);
        long storeBytes = database.bytes(storeUrl);
        List<BareAppend> bare = new ArrayList<>();
        try {
            List<Batches> bareLoops = new ArrayList<>();
            List<Batches> storeLoops = new ArrayList<>();
            for (int writer = 0; writer < options.writers(); writer++) {
                bare.add(database.bare(database.connect(bareUrl)));
                bareLoops.add(new BareLoop(bare.get(writer), options.looks(), size, writer, options.writers()));
                storeLoops.add(new StoreLoop(store, size, writer, options.writers()));
            }
            for (int turn = 0; turn <= options.turns(); turn++) {
                turn(bareLoops, bareTally, turn > 0, threads);
                turn(storeLoops, storeTally, turn > 0, threads);
            }
        } finally {
            for (BareAppend one : bare) {
                one.close();
            }
        }
        print(size, options.writers(), "bare", bareTally, database.bytes(bareUrl) - bareBytes);
        print(size, options.writers(), "store", storeTally, database.bytes(storeUrl) - storeBytes);
        System.out.printf(
                Locale.ROOT,
                "%4d %7d store/bare: %.2f of the messages a second%n",
                size,
                options.writers(),
                storeTally.perSecond() / bareTally.perSecond());
    }

    private static void turn(List<Batches> loops, Tally tally, boolean counts, ExecutorService threads)
            throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long cpu = cpuNanos();
        Histogram micros = new Histogram(600_000_000L, 3);
        List<Callable<Long>> tasks = new ArrayList<>();
        for (Batches loop : loops) {
            tasks.add(() -> append(loop, start, micros));
        }
        long messages = 0;
        for (Future<Long> task : threads.invokeAll(tasks)) {
            messages += task.get();
        }
        tally.add(messages, System.nanoTime() - start, cpuNanos() - cpu, micros, counts);
    }

    private static long append(Batches loop, long start, Histogram micros) throws SQLException {
        long messages = 0;
        for (long before = System.nanoTime(); before - start < TURN_NANOS; before = System.nanoTime()) {
            messages += loop.append();
            synchronized (micros) {
                micros.recordValue((System.nanoTime() - before) / 1000);
            }
        }
        return messages;
    }

    private static void print(int size, int writers, String loop, Tally tally, long bytes) {
        System.out.printf(
                Locale.ROOT,
                "%4d %7d %-5s %,11.0f %8.1f %8.1f %11.1f %8d  %,d%n",
                size,
                writers,
                loop,
                tally.perSecond(),
                tally.millis(50),
                tally.millis(99),
                tally.cpuMicros(),
                bytes / tally.stored(),
                tally.stored());
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
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
}
