package io.lastack.mixed;

import io.lastack.error.InvalidRequestException;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.Memberships;
import io.lastack.spi.Positions;
import io.lastack.spi.UserErasure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Positions and devices first, as long as the log's store still tells where the user belongs; then the user itself. Positions
 * that are taken in between are left behind, where nobody belongs whom they could be shown for.
 */
final class MixedErasure implements UserErasure {
    /** Before the last conversation whose positions are forgotten. */
    private static final String POSITIONS = "positions ";
    /** Before where the log's store goes on; alone, it begins. */
    private static final String LOG = "log ";

    private final UserErasure log;
    private final Memberships memberships;
    private final Positions positions;

    MixedErasure(UserErasure log, Memberships memberships, Positions positions) {
        this.log = log;
        this.memberships = memberships;
        this.positions = positions;
    }

    @Override
    public @Nullable String erase(UserId user, @Nullable String position, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + " is not allowed; 1 or more is");
        }
        if (position == null) {
            return forget(user, null, limit);
        }
        if (position.startsWith(POSITIONS)) {
            return forget(user, conversation(position), limit);
        }
        if (position.startsWith(LOG)) {
            String inner = position.substring(LOG.length());
            String next = log.erase(user, inner.isEmpty() ? null : inner, limit);
            return next == null ? null : LOG + next;
        }
        throw unknown(position, null);
    }

    private String forget(UserId user, @Nullable ConversationId after, int limit) {
        List<ConversationId> rest = memberships.conversations(user).stream()
                .filter(conversation -> after == null || conversation.compareTo(after) > 0)
                .sorted()
                .toList();
        List<ConversationId> step = rest.subList(0, Math.min(limit, rest.size()));
        positions.forget(user, step);
        return step.size() == rest.size()
                ? LOG
                : POSITIONS + step.get(step.size() - 1).value();
    }

    private static ConversationId conversation(String position) {
        try {
            return ConversationId.parse(position.substring(POSITIONS.length()));
        } catch (InvalidRequestException e) {
            throw unknown(position, e);
        }
    }

    private static IllegalArgumentException unknown(String position, @Nullable Exception cause) {
        return new IllegalArgumentException("position " + position + " is not one that this store returned", cause);
    }
}
