package io.lastack.internal.cursor;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.Memberships;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Moves the read cursor of a user in all its conversations at once. */
public final class ReadingAll {
    private static final int PAGE = 1_000;
    /** Positions of devices do not matter here. */
    private static final DeviceId NONE = DeviceId.of("-");

    private final Memberships memberships;
    private final CursorJournal journal;
    private final EngineRuntime runtime;

    public ReadingAll(Memberships memberships, CursorJournal journal, EngineRuntime runtime) {
        this.memberships = memberships;
        this.journal = journal;
        this.runtime = runtime;
    }

    /**
     * Everything that the user may see now is read. Blocks while it looks what that is.
     *
     * @return completes, once all of it is stored, with the conversations that had something to read, and up to where
     */
    public CompletionStage<Map<ConversationId, Long>> of(UserId user) {
        Map<ConversationId, Long> moved = new TreeMap<>();
        List<CompletableFuture<Void>> stored = new ArrayList<>();
        long now = runtime.currentTimeMillis();
        ConversationId after = null;
        List<Subscription> page;
        do {
            page = memberships.subscriptions(user, NONE, after, PAGE);
            for (Subscription s : page) {
                after = s.conversation();
                if (s.visibleHead() > s.lastRead() && s.visibleHead() >= s.firstSeq()) {
                    moved.put(s.conversation(), s.visibleHead());
                    ReadMove.Key key = new ReadMove.Key(s.conversation(), user);
                    stored.add(journal.read(key, s.lastRead(), s.visibleHead(), now)
                            .toCompletableFuture());
                }
            }
        } while (page.size() == PAGE);
        return CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new)).thenApply(nothing -> moved);
    }
}
