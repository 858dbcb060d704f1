package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Subscription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process at a random moment while it appends and acknowledges, opens its database, and compares with what it had
 * confirmed. Each trial goes on with the database that the one before left.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillTest {
    private static final int KILLS = Boolean.getBoolean("lastack.heavy") ? 100 : 12;
    private static final int MOST_MESSAGES_IN_A_LIFE = 1_500;
    private static final long DEADLINE_SECONDS = 120;

    @TempDir
    Path directory;

    @Test
    void whatTheStoresOwnDatabaseConfirmedSurvivesKills() throws Exception {
        survive(KILLS, false);
    }

    @Test
    void whatADatabaseOfTheHostConfirmedSurvivesKills() throws Exception {
        survive(KILLS / 3, true);
    }

    private void survive(int kills, boolean hosted) throws Exception {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        System.out.println("kills: repeat with -Dlastack.seed=" + seed);
        Random random = new Random(seed);
        String file = directory.resolve("im").toString();
        Confirmed confirmed = new Confirmed();
        for (int kill = 1; kill <= kills; kill++) {
            killOne(file, hosted, random, confirmed);
            check(file, hosted, confirmed, "kill " + kill + " of seed " + seed);
        }
        System.out.println(kills + " kills, " + confirmed.messages + " confirmed messages, " + confirmed.acks
                + " confirmed positions, 0 lost; hosted: " + hosted);
        assertThat(confirmed.messages).isPositive();
        assertThat(confirmed.floors).isNotEmpty();
    }

    private static void killOne(String file, boolean hosted, Random random, Confirmed confirmed) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillVictim.class.getName(),
                        file,
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

    private static void check(String file, boolean hosted, Confirmed confirmed, String when) {
        List<ConversationId> conversations = KillVictim.conversations();
        try (KillVictim.Opened opened = KillVictim.open(file, hosted)) {
            for (int i = 0; i < conversations.size(); i++) {
                checkLog(opened.store(), conversations.get(i), confirmed.ids(i), when);
                checkFloor(opened.store(), conversations.get(i), confirmed.floors.getOrDefault(i, 0L), when);
            }
        }
    }

    private static void checkLog(
            JdbcStore store, ConversationId conversation, Map<Long, String> confirmed, String when) {
        List<Message> messages = store.log()
                .read(List.of(new LogQuery(conversation, new SeqRange(1, Long.MAX_VALUE), Integer.MAX_VALUE)))
                .get(0)
                .messages();
        Map<Long, String> ids = new HashMap<>();
        for (Message message : messages) {
            ids.put(message.seq(), message.clientMessageId().value());
        }
        long head = store.log().heads(List.of(conversation)).getOrDefault(conversation, 0L);
        assertThat(ids.keySet()).as("seqs of %s after %s", conversation, when).hasSize((int) head);
        assertThat(messages.isEmpty() || messages.get(messages.size() - 1).seq() == head)
                .as("%s ends at its head after %s", conversation, when)
                .isTrue();
        confirmed.forEach((seq, id) -> assertThat(ids.get(seq))
                .as("message %d of %s after %s", seq, conversation, when)
                .isEqualTo(id));
    }

    private static void checkFloor(JdbcStore store, ConversationId conversation, long floor, String when) {
        List<Subscription> found =
                store.memberships().subscriptions(KillVictim.ALICE, KillVictim.PHONE, List.of(conversation));
        long stored = found.isEmpty() ? 0 : found.get(0).lastAck();
        assertThat(stored)
                .as("floor of %s after %s", conversation, when)
                .isGreaterThanOrEqualTo(floor)
                .isLessThanOrEqualTo(found.isEmpty() ? 0 : found.get(0).head());
    }

    /** What the victims confirmed, as far as it got out of them before they died. */
    private static final class Confirmed {
        private final Map<Integer, Map<Long, String>> ids = new HashMap<>();
        private final Map<Integer, Long> floors = new HashMap<>();
        private final List<String> contradictions = new ArrayList<>();
        private int messages;
        private int acks;

        Map<Long, String> ids(int conversation) {
            return ids.computeIfAbsent(conversation, index -> new HashMap<>());
        }

        void readFrom(Process victim, CountDownLatch life) {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                while (line != null) {
                    String next = lines.readLine();
                    // The last line may be cut off by the kill; its call returned, but what it said is not known.
                    if (next != null) {
                        add(line.split(" "));
                        life.countDown();
                    }
                    line = next;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(contradictions).isEmpty();
        }

        private void add(String[] words) {
            int conversation = Integer.parseInt(words[1]);
            long seq = Long.parseLong(words[2]);
            if (words[0].equals("C")) {
                floors.merge(conversation, seq, Math::max);
                acks++;
                return;
            }
            messages++;
            String before = ids(conversation).put(seq, words[3]);
            if (before != null) {
                contradictions.add("seq " + seq + " of conversation " + conversation + " was given twice");
            }
        }
    }
}
