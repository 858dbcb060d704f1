package io.lastack.memory;

import io.lastack.log.ConversationId;
import io.lastack.spi.LogExtent;
import io.lastack.spi.LogRetention;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes the beginnings of the logs of a {@link MemoryStore}. */
final class MemoryRetention implements LogRetention {
    private final State state;

    MemoryRetention(State state) {
        this.state = state;
    }

    @Override
    public List<LogExtent> extents(ConversationId.Kind kind, @Nullable ConversationId after, int limit) {
        Bounds.atLeastOne("limit", limit);
        synchronized (state) {
            return state.conversations().stream()
                    .filter(c -> c.id().kind() == kind && (after == null || c.id().compareTo(after) > 0))
                    .sorted(Comparator.comparing(Conversation::id))
                    .limit(limit)
                    .map(MemoryRetention::extent)
                    .toList();
        }
    }

    private static LogExtent extent(Conversation conversation) {
        Entries entries = conversation.entries();
        return new LogExtent(conversation.id(), entries.trimmedThrough(), entries.head(), entries.oldestSentAt());
    }

    @Override
    public long trim(ConversationId conversation, long through, long sentBefore, int atMost) {
        Bounds.atLeastOne("atMost", atMost);
        if (through < 0) {
            throw new IllegalArgumentException("through " + through + " is not allowed; 0 or more is");
        }
        synchronized (state) {
            Conversation found = state.find(conversation);
            if (found == null) {
                return 0;
            }
            found.entries().trim(through, sentBefore, atMost);
            return found.entries().trimmedThrough();
        }
    }
}
