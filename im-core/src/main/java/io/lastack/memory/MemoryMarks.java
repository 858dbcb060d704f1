package io.lastack.memory;

import io.lastack.log.ConversationId;
import io.lastack.spi.DeliveryMarks;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far somebody has looked through the conversations of a {@link MemoryStore}. */
final class MemoryMarks implements DeliveryMarks {
    private final State state;

    /** Guarded by the state's monitor, like everything else. */
    private final Map<ConversationId, Long> marks = new HashMap<>();

    MemoryMarks(State state) {
        this.state = state;
    }

    @Override
    public List<Mark> marks(@Nullable ConversationId after, int limit) {
        Bounds.atLeastOne("limit", limit);
        synchronized (state) {
            return state.conversations().stream()
                    .filter(c -> after == null || c.id().compareTo(after) > 0)
                    .filter(c -> c.entries().head() > 0)
                    .sorted(Comparator.comparing(Conversation::id))
                    .limit(limit)
                    .map(c -> new Mark(
                            c.id(), marks.getOrDefault(c.id(), 0L), c.entries().head()))
                    .toList();
        }
    }

    @Override
    public long through(ConversationId conversation) {
        synchronized (state) {
            return marks.getOrDefault(conversation, 0L);
        }
    }

    @Override
    public boolean advance(ConversationId conversation, long expected, long through) {
        if (expected < 0 || through <= expected) {
            throw new IllegalArgumentException(
                    "a mark from " + expected + " to " + through + " is not allowed; from 0 or more to more is");
        }
        synchronized (state) {
            if (state.find(conversation) == null || through(conversation) != expected) {
                return false;
            }
            marks.put(conversation, through);
            return true;
        }
    }
}
