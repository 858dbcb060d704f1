package io.lastack.internal.repair;

import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.SessionRegistry;
import io.lastack.internal.task.SerialExecutor;
import io.lastack.log.UserId;
import io.lastack.spi.EngineRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets sessions that miss conversations look for them: a few at a time, so that neither the comparison waits for them nor the
 * store is asked by all at once. Thread-safe; does not block.
 */
final class ConversationLookups {
    private static final Logger log = LoggerFactory.getLogger(ConversationLookups.class);
    private static final int AT_ONCE = 4;

    private final SessionRegistry sessions;
    private final List<SerialExecutor> lanes;

    ConversationLookups(SessionRegistry sessions, EngineRuntime runtime) {
        this.sessions = sessions;
        this.lanes = Stream.generate(() -> new SerialExecutor(runtime))
                .limit(AT_ONCE)
                .toList();
    }

    /**
     * The store counts so many conversations of a user.
     *
     * @return completes one by one as the user's sessions know of all of them; exceptionally where the store did not answer
     */
    List<CompletableFuture<Void>> compare(UserId user, int count) {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (ClientSession session : sessions.of(user)) {
            if (session.missesConversations(count)) {
                CompletableFuture<Void> told = new CompletableFuture<>();
                done.add(told);
                lanes.get(Math.floorMod(user.hashCode(), AT_ONCE)).execute(() -> look(session, count, told));
            }
        }
        return done;
    }

    private static void look(ClientSession session, int count, CompletableFuture<Void> told) {
        try {
            session.lookForConversations(count);
            told.complete(null);
        } catch (RuntimeException e) {
            log.warn("looking for conversations of a session failed; the next round tries again: {}", e.toString());
            told.completeExceptionally(e);
        }
    }
}
