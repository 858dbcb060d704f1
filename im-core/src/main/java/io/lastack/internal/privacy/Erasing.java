package io.lastack.internal.privacy;

import io.lastack.error.InvalidRequestException;
import io.lastack.internal.cursor.CursorJournal;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.group.GroupService;
import io.lastack.internal.session.SessionRegistry;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.CloseReason;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.Memberships;
import io.lastack.spi.Subscription;
import io.lastack.spi.UserErasure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes a user out: its sessions, its groups (whose other members are told), then its data, a step at a time. */
public final class Erasing {
    private static final int PAGE = 500;
    private static final int STEP = 200;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final DeviceId NO_DEVICE = DeviceId.of("erasure");

    private final UserErasure erasure;
    private final Memberships memberships;
    private final EngineRuntime runtime;
    private final SessionRegistry sessions;
    private final GroupService groups;
    private final CursorJournal journal;
    private final ConversationIndex index;

    public Erasing(
            UserErasure erasure,
            Memberships memberships,
            EngineRuntime runtime,
            SessionRegistry sessions,
            GroupService groups,
            CursorJournal journal,
            ConversationIndex index) {
        this.erasure = erasure;
        this.memberships = memberships;
        this.runtime = runtime;
        this.sessions = sessions;
        this.groups = groups;
        this.journal = journal;
        this.index = index;
    }

    /** @return completes when all is done; exceptionally if the store failed: the same call goes on where it stopped */
    public CompletionStage<Void> erase(UserId user) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        disconnect(user);
        CompletableFuture<Void> unused = CompletableFuture.supplyAsync(() -> groupsOf(user), runtime::execute)
                .thenCompose(all -> leave(user, all, 0))
                .thenCompose(left -> journal.drain())
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        runtime.execute(() -> step(user, null, done));
                    } else {
                        done.completeExceptionally(cause(failure));
                    }
                });
        return done;
    }

    private void disconnect(UserId user) {
        sessions.of(user).forEach(session -> session.end(new CloseReason(CloseReason.POLICY, "this user was erased")));
    }

    private List<ConversationId> groupsOf(UserId user) {
        List<ConversationId> found = new ArrayList<>();
        ConversationId after = null;
        List<Subscription> page;
        do {
            page = memberships.subscriptions(user, NO_DEVICE, after, PAGE);
            for (Subscription s : page) {
                after = s.conversation();
                if (after.kind() == ConversationId.Kind.GROUP && s.lastSeq() == Long.MAX_VALUE) {
                    found.add(after);
                }
            }
        } while (page.size() == PAGE);
        return found;
    }

    private CompletionStage<Void> leave(UserId user, List<ConversationId> all, int from) {
        if (from == all.size()) {
            return CompletableFuture.completedFuture(null);
        }
        return groups.leaveForGood(user, all.get(from))
                .handle((seq, failure) -> {
                    // A group that was dissolved meanwhile has no members to leave.
                    if (failure != null && !(cause(failure) instanceof InvalidRequestException)) {
                        throw new CompletionException(cause(failure));
                    }
                    return null;
                })
                .thenCompose(nothing -> leave(user, all, from + 1));
    }

    private void step(UserId user, @Nullable String position, CompletableFuture<Void> done) {
        try {
            String next = erasure.erase(user, position, STEP);
            if (next != null) {
                runtime.schedule(PAUSE, () -> runtime.execute(() -> step(user, next, done)));
                return;
            }
            // What it sent may still be in memory, for devices that are a little behind.
            index.forgetTails();
            disconnect(user);
            done.complete(null);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
