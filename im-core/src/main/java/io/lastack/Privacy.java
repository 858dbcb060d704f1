package io.lastack;

import io.lastack.internal.privacy.Erasing;
import io.lastack.internal.privacy.Exporting;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import io.lastack.spi.UserExport;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is kept of a user: told, or erased. */
public final class Privacy {
    private final ImStore store;
    private final @Nullable Erasing erasing;

    Privacy(ImStore store, @Nullable Erasing erasing) {
        this.store = store;
        this.erasing = erasing;
    }

    /**
     * Erases a user. Its connections to this node are closed and it leaves its groups, which is told to their other members;
     * then its memberships, positions and devices go, its inbox is emptied, and its messages become blank: they keep their
     * seq, time, kind and sender, and have no body, no {@code ext} and no mentions. What others wrote stays as it is, and so
     * do entries about members.
     *
     * <p>Refuse the user's tokens before, or it may come back meanwhile; never give its name to anybody else. Doing this
     * again is harmless, and goes on where an earlier call failed. A group whose only owner it was has none afterwards
     * ({@link Groups#setRole}). Copies that devices keep are theirs.
     *
     * @return completes when all is done, on an engine thread; exceptionally with {@link io.lastack.error.StoreException} if
     *     the store failed
     * @throws IllegalStateException if the store cannot erase
     */
    public CompletionStage<Void> erase(UserId user) {
        if (erasing == null) {
            throw new IllegalStateException("this store cannot erase users");
        }
        return erasing.erase(user);
    }

    /**
     * Writes everything that is kept of a user as JSON, one object a line: the user and its devices, its memberships, its
     * positions, the messages that it sent, and its inbox. Blocks for as long as that takes; memory does not grow with it.
     * What changes meanwhile may or may not be in it.
     *
     * @param out gets whole lines, each with a line end, in UTF-16: wrap a stream into a writer with UTF-8
     * @throws IOException as {@code out} throws it
     * @throws io.lastack.error.StoreException if the store failed; a part may be written
     * @throws IllegalStateException if the store cannot export
     */
    public void export(UserId user, Appendable out) throws IOException {
        UserExport export =
                store.export().orElseThrow(() -> new IllegalStateException("this store cannot export users"));
        new Exporting(store, export, user, out).run();
    }
}
