package io.lastack.memory;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.UserErasure;
import org.jspecify.annotations.Nullable;

/** Erases users of a {@link MemoryStore}, each in one step. */
final class MemoryErasure implements UserErasure {
    private final State state;

    MemoryErasure(State state) {
        this.state = state;
    }

    @Override
    public @Nullable String erase(UserId user, @Nullable String position, int limit) {
        Bounds.atLeastOne("limit", limit);
        if (position != null) {
            throw new IllegalArgumentException("position " + position + " is not one that this store returned");
        }
        synchronized (state) {
            state.remove(user);
            Conversation inbox = state.find(ConversationId.inbox(user));
            if (inbox != null) {
                inbox.entries().trim(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
            }
            state.conversations().forEach(conversation -> conversation.entries().erase(user));
        }
        return null;
    }
}
