package io.lastack.internal.cursor;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
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

/** Moves the read cursors of a user as far as it may see: in one conversation, or in all at once. */
public final class Reading {
    private static final int PAGE = 1_000;
    /** Positions of devices do not matter here. */
    private static final DeviceId NONE = DeviceId.of("-");

    private final Memberships memberships;
    private final CursorJournal journal;
    private final EngineRuntime runtime;

    public Reading(Memberships memberships, CursorJournal journal, EngineRuntime runtime) {
        this.memberships = memberships;
        this.journal = journal;
        this.runtime = runtime;
    }

    /**
     * The user has read a conversation up to {@code seq}. Blocks while it looks up to where there is something.
     *
     * @param seq 0 for everything that the user may see now
     * @return completes, once that is stored, with up to where the user has read
     * @throws InvalidRequestException if the user never belonged there, or may not see that far
     */
    public CompletionStage<Long> in(UserId user, ConversationId conversation, long seq) {
        Subscription s = memberships.subscriptions(user, NONE, List.of(conversation)).stream()
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        Reason.NOT_FOUND, conversation + " does not exist, or " + user + " never belonged to it"));
        long end = s.visibleHead() < s.firstSeq() ? 0 : s.visibleHead();
        if (seq < 0 || seq > end) {
            throw new InvalidRequestException(
                    Reason.UNPROCESSABLE,
                    "seq is " + seq + "; 0 to " + end + ", which " + user + " may see, are allowed");
        }
        long to = seq == 0 ? end : seq;
        if (to <= s.lastRead()) {
            return CompletableFuture.completedFuture(s.lastRead());
        }
        return journal.read(new ReadMove.Key(conversation, user), s.lastRead(), to, runtime.currentTimeMillis())
                .thenApply(nothing -> to);
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
