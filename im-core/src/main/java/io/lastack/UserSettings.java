package io.lastack;

import io.lastack.internal.own.OwnSettings;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.UserId;
import io.lastack.spi.Memberships;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The host's own way to set what users set for themselves. A change is an entry of the user's inbox, of kind
 * {@link io.lastack.log.Content#SETTINGS}, so that all its devices hear of it; the stage completes with its seq after the
 * commit, or exceptionally with {@link io.lastack.error.InvalidRequestException} or
 * {@link io.lastack.error.StoreException}.
 */
public final class UserSettings {
    private final OwnSettings settings;
    private final Memberships memberships;

    UserSettings(OwnSettings settings, Memberships memberships) {
        this.settings = settings;
        this.memberships = memberships;
    }

    /** How the user wants the conversation shown: all of it, in the place of what was set before. */
    public CompletionStage<Long> show(UserId user, ConversationId conversation, ConversationSettings wanted) {
        return settings.show(user, conversation, wanted);
    }

    /**
     * From now on, {@code user} may not send or signal to {@code by} in their direct conversation, notify it, give a notification
     * between the two another status, or add it to a group, and is shown {@code by} as offline
     * ({@link io.lastack.spi.PresenceAudience#hidesFromBlocked}).
     * What the host does in the user's name is not held to that.
     */
    public CompletionStage<Long> block(UserId by, UserId user) {
        return settings.block(by, user, true);
    }

    public CompletionStage<Long> unblock(UserId by, UserId user) {
        return settings.block(by, user, false);
    }

    /** Whom a user has blocked, in ascending order, above {@code after}. Blocks. */
    public List<UserId> blocked(UserId by, @Nullable UserId after, int limit) {
        return memberships.blocked(by, after, limit);
    }
}
