package io.lastack.store.redis;

import io.lastack.log.ConversationId;
import io.lastack.log.ConversationId.Kind;
import io.lastack.spi.LogExtent;
import io.lastack.spi.LogRetention;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes the beginnings of logs. */
final class RedisRetention implements LogRetention {
    private final Server server;
    private final Keys keys;
    private final OnceKeys once;
    private final ConversationIndex index;

    RedisRetention(Server server, Keys keys, OnceKeys once, ConversationIndex index) {
        this.server = server;
        this.keys = keys;
        this.once = once;
        this.index = index;
    }

    @Override
    public List<LogExtent> extents(Kind kind, @Nullable ConversationId after, int limit) {
        Arguments.atLeastOne("limit", limit);
        List<LogExtent> extents = new ArrayList<>();
        @Nullable ConversationId above = after;
        boolean more = true;
        // What was noted but never came into being does not count for the limit.
        while (more && extents.size() < limit) {
            int wanted = limit - extents.size();
            List<ConversationId> page = index.page(kind, above, wanted);
            extents.addAll(extents(page));
            more = page.size() == wanted;
            above = page.isEmpty() ? above : page.get(page.size() - 1);
        }
        return extents;
    }

    private List<LogExtent> extents(List<ConversationId> ids) {
        List<Reply> replies = server.calls(
                "read how far logs reach",
                ids.stream()
                        .map(id -> Script.EXTENT.on(keys.conversation(id), Arguments.of()))
                        .toList());
        List<LogExtent> extents = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Reply reply = replies.get(i);
            if (!reply.isNothing()) {
                extents.add(new LogExtent(
                        ids.get(i),
                        reply.at(0).number(),
                        reply.at(1).number(),
                        reply.has(2) ? reply.at(2).number() : Long.MAX_VALUE));
            }
        }
        return extents;
    }

    @Override
    public long trim(ConversationId conversation, long through, long sentBefore, int atMost) {
        Arguments.atLeastOne("atMost", atMost);
        if (through < 0) {
            throw new IllegalArgumentException("through " + through + " is not allowed; 0 or more is");
        }
        return server.call(
                        "delete messages",
                        Script.TRIM.on(
                                keys.conversation(conversation),
                                Arguments.of(through, sentBefore, atMost, once.bytes())))
                .number();
    }
}
