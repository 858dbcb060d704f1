package io.lastack.store.redis;

import io.lastack.log.ConversationId;
import io.lastack.log.ConversationId.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of all conversations, also of those that were about to come into being and did not. */
final class ConversationIndex {
    private final Server server;
    private final Keys keys;

    ConversationIndex(Server server, Keys keys) {
        this.server = server;
        this.keys = keys;
    }

    /**
     * Those of one kind, in ascending order.
     *
     * @param after only those above, or null from the start; of any kind
     */
    List<ConversationId> page(Kind kind, @Nullable ConversationId after, int limit) {
        Arguments arguments = Arguments.of(after == null ? "-" : "(" + after, limit);
        List<Reply> parts = server.calls(
                "list conversations",
                keys.index(kind).stream()
                        .map(part -> Script.NAMES.on(part, arguments))
                        .toList());
        return parts.stream()
                .flatMap(part -> part.texts().stream())
                .sorted()
                .limit(limit)
                .map(ConversationId::parse)
                .toList();
    }
}
