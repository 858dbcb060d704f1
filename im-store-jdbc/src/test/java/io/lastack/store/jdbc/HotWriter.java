package io.lastack.store.jdbc;

import io.lastack.error.StoreException;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A process that appends to one conversation, which others append to as well, for a while; any failure ends it. */
final class HotWriter {
    static final ConversationId HOT = ConversationId.direct(UserId.of("alice"), UserId.of("bob"));

    private static final int THREADS = 2;

    private HotWriter() {}

    /** Says {@code READY}, waits for a line, and in the end says how many messages it appended to {@link #HOT}. */
    public static void main(String[] args) throws Exception {
        java.io.PrintStream out = System.out;
        System.setOut(System.err); // Logs must not come between.
        long nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(args[1]));
        long seed = Long.parseLong(args[2]);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (JdbcStore store = JdbcStore.open(args[0])) {
            out.println("READY");
            System.in.read();
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(seed + thread);
                writers.add(() -> write(store, random, System.nanoTime() + nanos));
            }
            int appended = 0;
            for (Future<Integer> writer : threads.invokeAll(writers)) {
                appended += writer.get();
            }
            out.println(appended);
        } finally {
            threads.shutdown();
        }
    }

    /** Some lists name other conversations too, before or after: what is locked together is locked in one order. */
    private static int write(JdbcStore store, Random random, long end) {
        int hot = 0;
        while (System.nanoTime() < end) {
            List<Draft> drafts = new ArrayList<>();
            for (int n = random.nextInt(32); n >= 0; n--) {
                boolean elsewhere = random.nextInt(4) == 0;
                hot += elsewhere ? 0 : 1;
                drafts.add(Chat.draft(
                        elsewhere ? ConversationId.direct(Chat.ALICE, UserId.of("user-" + random.nextInt(5))) : HOT));
            }
            for (AppendOutcome outcome : append(store, drafts)) {
                if (!(outcome instanceof Appended)) {
                    throw new AssertionError("a new message came out as " + outcome);
                }
            }
        }
        return hot;
    }

    /** As an engine does: who waited too long for its turn at the conversation asks again. A deadlock is a failure. */
    private static List<AppendOutcome> append(JdbcStore store, List<Draft> drafts) {
        while (true) {
            try {
                return store.log().append(drafts, 1);
            } catch (StoreException e) {
                if (e.scope() != StoreException.Scope.CONVERSATION || e.effect() != StoreException.Effect.NOT_APPLIED) {
                    throw e;
                }
            }
        }
    }
}
