package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.spi.Subscription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** What was confirmed before things were killed: none of it may be lost. Safe for use by several threads. */
final class Confirmed {
    private final String what;
    private final Map<Integer, Map<Long, String>> ids = new HashMap<>();
    private final Map<Integer, Long> floors = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private int messages;
    private int acks;

    private Confirmed(String what) {
        this.what = what;
    }

    /** How often to kill: {@code -Dkills=N} says it for all, otherwise by the size of the run. */
    static int kills(int usual, int heavy) {
        int given = Integer.getInteger("lastack.kills", 0);
        return given > 0 ? given : Boolean.getBoolean("lastack.heavy") ? heavy : usual;
    }

    /** Seeds {@code random}, and prints with what. */
    static Confirmed seeded(String what, Random random) {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        random.setSeed(seed);
        System.out.println(what + ": repeat with -Dlastack.seed=" + seed);
        return new Confirmed(what + ", seed " + seed);
    }

    synchronized void message(int conversation, long seq, String id) {
        messages++;
        String before = ids(conversation).put(seq, id);
        if (before != null && !before.equals(id)) {
            contradictions.add("seq " + seq + " of conversation " + conversation + " was given twice");
        }
    }

    synchronized void floor(int conversation, long seq) {
        floors.merge(conversation, seq, Math::max);
        acks++;
    }

    private Map<Long, String> ids(int conversation) {
        return ids.computeIfAbsent(conversation, index -> new HashMap<>());
    }

    /** Reads what a victim says, until it dies; counts its confirmations down. */
    void readFrom(Process victim, CountDownLatch life) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                String next = lines.readLine();
                // The last line may be cut off by the kill; its call returned, but what it said is not known.
                if (next != null) {
                    add(line.split(" ", -1));
                    life.countDown();
                }
                line = next;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String[] words) {
        int conversation = Integer.parseInt(words[1]);
        long seq = Long.parseLong(words[2]);
        if (words[0].equals("C")) {
            floor(conversation, seq);
        } else {
            message(conversation, seq, words[3]);
        }
    }

    /** Compares with what the store has. */
    synchronized void check(JdbcStore store, String when) {
        assertThat(contradictions).isEmpty();
        List<ConversationId> conversations = KillVictim.conversations();
        for (int i = 0; i < conversations.size(); i++) {
            checkLog(store, conversations.get(i), ids(i), when + " of " + what);
            checkFloor(store, conversations.get(i), floors.getOrDefault(i, 0L), when + " of " + what);
        }
    }

    private static void checkLog(
            JdbcStore store, ConversationId conversation, Map<Long, String> confirmed, String when) {
        // Before the messages, since others may be appending.
        long head = store.log().heads(List.of(conversation)).getOrDefault(conversation, 0L);
        List<Message> messages = Chat.read(store, conversation);
        Map<Long, String> ids = new HashMap<>();
        for (Message message : messages) {
            ids.put(message.seq(), message.clientMessageId().value());
        }
        long last = messages.isEmpty() ? 0 : messages.get(messages.size() - 1).seq();
        assertThat(last).as("the end of %s after %s", conversation, when).isGreaterThanOrEqualTo(head);
        assertThat(ids.keySet()).as("seqs of %s after %s", conversation, when).hasSize((int) last);
        confirmed.forEach((seq, id) -> assertThat(ids.get(seq))
                .as("message %d of %s after %s", seq, conversation, when)
                .isEqualTo(id));
        assertThat(ids.values())
                .as("%s has each message once after %s", conversation, when)
                .doesNotHaveDuplicates();
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

    synchronized void printTotals(int kills) {
        System.out.println(what + ": " + kills + " kills, " + messages + " confirmed messages, " + acks
                + " confirmed positions, 0 lost, 0 gaps, 0 lowered");
        assertThat(messages).isPositive();
        assertThat(floors).isNotEmpty();
    }
}
