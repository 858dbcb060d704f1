package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Appends and acknowledges as fast as it can until it is killed, and writes every confirmation to its output, in one
 * write a call, after the call returned: {@code A conversation seq id} and {@code C conversation seq}.
 */
final class KillVictim {
    static final UserId ALICE = UserId.of("alice");
    static final DeviceId PHONE = DeviceId.of("phone");

    static final int WRITERS = 2;
    static final int MOST_MESSAGES_IN_A_LIFE = 1_500;
    static final long DEADLINE_SECONDS = 120;

    private static final FileOutputStream CONFIRMED = new FileOutputStream(FileDescriptor.out);

    private KillVictim() {}

    static List<ConversationId> conversations() {
        return IntStream.range(0, 25)
                .mapToObj(i -> ConversationId.direct(ALICE, UserId.of("user-" + i)))
                .toList();
    }

    static Opened open(String url, boolean hosted) {
        if (!hosted) {
            return new Opened(JdbcStore.open(url), () -> {});
        }
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
        return new Opened(JdbcStore.of(pool), pool::dispose);
    }

    /**
     * Runs it for a random while, and kills it.
     *
     * @param hosted whether the store is to use a data source of the host's, on H2
     */
    static void runAndKill(String url, boolean hosted, Random random, Confirmed confirmed) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // It lives for seconds.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillVictim.class.getName(),
                        url,
                        String.valueOf(hosted),
                        String.valueOf(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            CountDownLatch life = new CountDownLatch(1 + random.nextInt(MOST_MESSAGES_IN_A_LIFE));
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> confirmed.readFrom(victim, life));
            assertThat(life.await(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .as("the victim confirmed enough")
                    .isTrue();
            assertThat(victim.isAlive()).as("the victim works").isTrue();
            // Not through the process itself, which would close the pipe before all of it is read.
            victim.toHandle().destroyForcibly();
            reading.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    /** A store, and how to close what it leaves open. */
    record Opened(JdbcStore store, Runnable host) implements AutoCloseable {
        @Override
        public void close() {
            store.close();
            host.run();
        }
    }

    public static void main(String[] args) {
        System.setOut(System.err); // Logs must not come between the confirmations.
        JdbcStore store = open(args[0], Boolean.parseBoolean(args[1])).store();
        long seed = Long.parseLong(args[2]);
        AtomicLongArray heads = new AtomicLongArray(conversations().size());
        for (int writer = 0; writer < WRITERS; writer++) {
            Random random = new Random(seed + writer);
            start(() -> append(store, random, heads));
        }
        start(() -> acknowledge(store, new Random(seed - 1), heads));
    }

    private static void start(Step step) {
        new Thread(() -> {
                    try {
                        while (true) {
                            step.run();
                        }
                    } catch (IOException | RuntimeException e) {
                        e.printStackTrace();
                        Runtime.getRuntime().halt(1);
                    }
                })
                .start();
    }

    /** Most lists are short and few are long; one conversation in five is the same one. */
    static List<Draft> drafts(Random random, List<Integer> chosen) {
        List<ConversationId> conversations = conversations();
        int size = 1 + (int) Math.min(255, Math.exp(random.nextDouble() * 6));
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int index = random.nextInt(5) == 0 ? 0 : random.nextInt(conversations.size());
            chosen.add(index);
            drafts.add(Draft.text(ALICE, conversations.get(index), "text ".repeat(random.nextInt(80)))
                    .withClientMessageId(
                            ClientMessageId.of(new UUID(random.nextLong(), System.nanoTime()).toString())));
        }
        return drafts;
    }

    private static void append(JdbcStore store, Random random, AtomicLongArray heads) throws IOException {
        List<Integer> chosen = new ArrayList<>();
        List<Draft> drafts = drafts(random, chosen);
        List<AppendOutcome> outcomes = store.log().append(drafts, 1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < drafts.size(); i++) {
            long seq = ((Appended) outcomes.get(i)).seq();
            heads.accumulateAndGet(chosen.get(i), seq, Math::max);
            lines.append("A ")
                    .append(chosen.get(i))
                    .append(' ')
                    .append(seq)
                    .append(' ')
                    .append(drafts.get(i).requireClientMessageId())
                    .append('\n');
        }
        confirm(lines);
    }

    private static void acknowledge(JdbcStore store, Random random, AtomicLongArray heads) throws IOException {
        List<ConversationId> conversations = conversations();
        int index = random.nextInt(conversations.size());
        long seq = heads.get(index);
        if (seq == 0) {
            return;
        }
        AckAdvance advance = new AckAdvance(new CursorKey(conversations.get(index), ALICE, PHONE), seq);
        if (store.cursors().advanceAcks(List.of(advance)).get(0) != AdvanceOutcome.REFUSED) {
            confirm(new StringBuilder("C " + index + ' ' + seq + '\n'));
        }
    }

    private static synchronized void confirm(StringBuilder lines) throws IOException {
        CONFIRMED.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** One call of the store. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
