package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.error.StoreException;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.Draft;
import io.lastack.store.jdbc.server.ServerKind;
import io.lastack.store.jdbc.server.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills at random moments, under load, the process that uses a database server, and the server itself, whose users go on
 * when it is back.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@ParameterizedClass
@MethodSource("io.lastack.store.jdbc.server.ServerKind#servers")
class ServerKillTest {
    private static final int KILLS = Confirmed.kills(2, 5);

    private final ServerKind kind;
    private volatile boolean stop;

    ServerKillTest(ServerKind kind) {
        this.kind = kind;
    }

    @Test
    void whatWasConfirmedSurvivesKillsOfTheProcess() throws Exception {
        String url = kind.newDatabase();
        Random random = new Random();
        Confirmed confirmed = Confirmed.seeded("kills of a process with " + kind, random);
        try (JdbcStore store = JdbcStore.open(url)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                KillVictim.runAndKill(url, false, random, confirmed);
                // Its sessions end a little later than it does; what they still hold, they had begun.
                until(() -> store.log().append(KillVictim.drafts(random, new ArrayList<>()), 1));
                confirmed.check(store, "kill " + kill);
            }
        }
        confirmed.printTotals(KILLS);
    }

    @Test
    void whatWasConfirmedSurvivesKillsOfTheServerWhoseUsersGoOn() throws Exception {
        Random random = new Random();
        Confirmed confirmed = Confirmed.seeded("kills of the server of " + kind, random);
        AtomicReference<CountDownLatch> life = new AtomicReference<>(new CountDownLatch(1));
        long longest = 0;
        ExecutorService threads = Executors.newCachedThreadPool();
        try (TestServer server = kind.start();
                JdbcStore store = JdbcStore.open(kind.newDatabase(server))) {
            List<Future<?>> users = start(threads, store, random, confirmed, life);
            for (int kill = 1; kill <= KILLS; kill++) {
                await(life, 1 + random.nextInt(KillVictim.MOST_MESSAGES_IN_A_LIFE), users);
                server.kill();
                server.restart();
                long back = System.nanoTime();
                await(life, 1, users);
                longest = Math.max(longest, System.nanoTime() - back);
                confirmed.check(store, "kill " + kill);
            }
            stop = true;
            for (Future<?> user : users) {
                user.get(KillVictim.DEADLINE_SECONDS, TimeUnit.SECONDS);
            }
            confirmed.check(store, "the end");
        } finally {
            stop = true;
            threads.shutdown();
        }
        confirmed.printTotals(KILLS);
        System.out.println(kind + ": the first confirmation came at most "
                + Duration.ofNanos(longest).toMillis() + " ms after the server's return");
    }

    private List<Future<?>> start(
            ExecutorService threads,
            JdbcStore store,
            Random random,
            Confirmed confirmed,
            AtomicReference<CountDownLatch> life) {
        AtomicLongArray heads = new AtomicLongArray(KillVictim.conversations().size());
        List<Future<?>> users = new ArrayList<>();
        for (int writer = 0; writer < KillVictim.WRITERS; writer++) {
            Random own = new Random(random.nextLong());
            users.add(threads.submit(() -> {
                while (!stop) {
                    append(store, own, heads, confirmed, life);
                }
            }));
        }
        Random own = new Random(random.nextLong());
        users.add(threads.submit(() -> {
            while (!stop) {
                acknowledge(store, own, heads, confirmed);
            }
        }));
        return users;
    }

    private static void append(
            JdbcStore store,
            Random random,
            AtomicLongArray heads,
            Confirmed confirmed,
            AtomicReference<CountDownLatch> life) {
        List<Integer> chosen = new ArrayList<>();
        List<Draft> drafts = KillVictim.drafts(random, chosen);
        List<AppendOutcome> outcomes = until(() -> store.log().append(drafts, 1));
        for (int i = 0; i < drafts.size(); i++) {
            AppendOutcome outcome = outcomes.get(i);
            long seq = outcome instanceof Appended appended ? appended.seq() : ((AlreadyAppended) outcome).seq();
            heads.accumulateAndGet(chosen.get(i), seq, Math::max);
            confirmed.message(
                    chosen.get(i), seq, drafts.get(i).requireClientMessageId().value());
            life.get().countDown();
        }
    }

    private static void acknowledge(JdbcStore store, Random random, AtomicLongArray heads, Confirmed confirmed) {
        int index = random.nextInt(heads.length());
        long seq = heads.get(index);
        if (seq == 0) {
            return;
        }
        CursorKey key = new CursorKey(KillVictim.conversations().get(index), KillVictim.ALICE, KillVictim.PHONE);
        List<AdvanceOutcome> outcomes = until(() -> store.cursors().advanceAcks(List.of(new AckAdvance(key, seq))));
        assertThat(outcomes).doesNotContain(AdvanceOutcome.REFUSED);
        confirmed.floor(index, seq);
    }

    /** As an engine does: what may be tried again is, with a bound. */
    private static <T> T until(Supplier<T> call) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KillVictim.DEADLINE_SECONDS);
        while (true) {
            try {
                return call.get();
            } catch (StoreException e) {
                if (!e.retryable() || System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    private static void await(AtomicReference<CountDownLatch> life, int confirmations, List<Future<?>> users)
            throws Exception {
        CountDownLatch latch = new CountDownLatch(confirmations);
        life.set(latch);
        if (!latch.await(KillVictim.DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            for (Future<?> user : users) {
                if (user.isDone()) {
                    user.get();
                }
            }
            throw new AssertionError("no confirmations for " + KillVictim.DEADLINE_SECONDS + " s");
        }
    }
}
